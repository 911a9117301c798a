with
matched as (
    select coalesce(link.links, 0) as links
    from {work}.int_person_records_unioned as record
    full outer join (
        select record_id, count(*) as links
        from {work}.person_links
        group by record_id
    ) as link on record.record_id = link.record_id
    where link.links is distinct from 1 or record.record_id is null
),

largest as (
    select feed from {work}.person_links group by feed order by count(*) desc, feed limit 1
),

-- Once over the links: whatever is asked of people is asked of these.
persons as (
    select
        person_id,
        count(*) as records,
        count(*) filter (where score < 0.9) as records_weak,
        count(*) filter (where feed <> (select largest.feed from largest)) as records_elsewhere,
        min(household_id) as first_household,
        max(household_id) as last_household,
        min(feed) as first_feed,
        max(feed) as last_feed
    from {work}.person_links
    group by person_id
),

people as (
    select
        sum(records) as records,
        sum(records) filter (where records > 1) as records_linked,
        count(*) filter (where records > 40) as large,
        count(*) filter (where first_household <> last_household) as in_many_households,
        sum(records_elsewhere) as records_elsewhere,
        sum(records_elsewhere) filter (where first_feed <> last_feed) as records_met,
        sum(records_weak) as records_weak
    from persons
),

-- How a regency's links look as a whole. Shares of a handful of records say nothing: below 300 nothing is judged.
profile as (
    select
        coalesce(records, 0) as records,
        100.0 * records_weak / greatest(records, 1) as weak_pct,
        100.0 * coalesce(records_met, 0) / nullif(records_elsewhere, 0) as met_pct,
        100::float * coalesce(records_linked, 0) / nullif(records, 0) as linked_pct
    from people
),

listed as (
    select 100.0 * count(*) filter (where records > 1) / greatest(count(*), 1) as twice_pct
    from (
        select count(*) as records
        from {work}.person_links
        where delivery_id in (select delivery_id from audit.deliveries where entity = 'individuals')
        group by person_id, delivery_id
    ) as appearances
),

kept as (
    select count(*) as links
    from linkage.person_links
    where regency_code = {regency} and period = {period}
),

former as (
    select person_id, count(*) as records
    from linkage.person_links
    where regency_code = {regency}
        and period = (
            select max(period) from linkage.person_links where regency_code = {regency} and period < {period}
        )
    group by person_id
),

profiles as (
    select
        (
            select 100::float * coalesce(sum(former.records) filter (where former.records > 1), 0) / nullif(sum(former.records), 0)
            from former
        ) as former_linked_pct,
        (
            select 100::float * count(*) filter (where persons.person_id is null) / nullif(count(*), 0)
            from former
            left join persons on former.person_id = persons.person_id
        ) as people_gone_pct
)

select
    (select count(*) from matched) as records_not_linked_once,
    people.in_many_households as people_in_many_households,
    people.large as clusters_large,
    case
        when profile.records < 300 then 0
        else (profile.weak_pct > 5)::integer
            + (listed.twice_pct > 10)::integer
            + (coalesce(profile.met_pct, 100) < 25)::integer
    end as profile_bounds_left,
    abs(kept.links - profile.records) as links_not_kept,
    coalesce(abs(profile.linked_pct - profiles.former_linked_pct), 0) as linked_shift_points,
    coalesce(profiles.people_gone_pct, 0) as people_gone_pct
from kept
cross join people
cross join profile
cross join listed
cross join profiles
