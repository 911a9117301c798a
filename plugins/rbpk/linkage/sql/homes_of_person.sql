-- Every household the person was ever counted in, and whether nobody else lives in the last one.
with
homes as (
    select household_id, snapshot
    from linkage.household_members
    where regency_code = %(regency)s and person_id = %(person)s
),

last_home as (
    select household_id, snapshot
    from homes
    order by snapshot desc
    limit 1
)

select
    array(
        select household_id from homes
        union
        select household_id
        from linkage.person_links
        where regency_code = %(regency)s and person_id = %(person)s
        order by household_id
    ),
    coalesce((
        select not exists (
            select 1
            from linkage.household_members as others
            inner join last_home using (household_id, snapshot)
            where others.regency_code = %(regency)s and others.person_id <> %(person)s
        )
        from last_home
    ), false)
