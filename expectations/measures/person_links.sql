with
matched as (
    select count(link.record_id) as links
    from {work}.int_person_records_unioned as record
    full outer join {work}.person_links as link on record.record_id = link.record_id
    group by coalesce(record.record_id, link.record_id)
    having count(link.record_id) <> 1 or count(record.record_id) = 0
),

people as (
    select
        count(*) as records,
        count(distinct household_id) as households
    from {work}.person_links
    group by person_id
),

-- How a regency's links look as a whole. Shares of a handful of records say nothing: below 300 nothing is judged.
profile as (
    select
        count(*) as records,
        100.0 * count(*) filter (where score < 0.9) / greatest(count(*), 1) as weak_pct
    from {work}.person_links
),

listed as (
    select 100.0 * count(*) filter (where records > 1) / greatest(count(*), 1) as twice_pct
    from (
        select count(*) as records
        from {work}.person_links as link
        inner join {work}.int_person_records_unioned as record on link.record_id = record.record_id
        where record.entity = 'individuals'
        group by link.person_id, link.delivery_id
    ) as appearances
),

met as (
    select 100.0 * count(*) filter (where first_feed <> last_feed) / nullif(count(*), 0) as met_pct
    from (
        select
            feed,
            min(feed) over (partition by person_id) as first_feed,
            max(feed) over (partition by person_id) as last_feed
        from {work}.person_links
    ) as links
    where feed <> (select feed from {work}.person_links group by feed order by count(*) desc, feed limit 1)
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
            select 100::float * coalesce(sum(people.records) filter (where people.records > 1), 0) / nullif(sum(people.records), 0)
            from people
        ) as linked_pct,
        (
            select 100::float * coalesce(sum(former.records) filter (where former.records > 1), 0) / nullif(sum(former.records), 0)
            from former
        ) as former_linked_pct,
        (
            select 100::float * count(*) filter (
                where not exists (select 1 from {work}.person_links as link where link.person_id = former.person_id)
            ) / nullif(count(*), 0)
            from former
        ) as people_gone_pct
)

select
    (select count(*) from matched) as records_not_linked_once,
    (select count(*) from people where households <> 1) as people_in_many_households,
    (select count(*) from people where records > 40) as clusters_large,
    case
        when profile.records < 300 then 0
        else (profile.weak_pct > 5)::integer
            + (listed.twice_pct > 10)::integer
            + (coalesce(met.met_pct, 100) < 25)::integer
    end as profile_bounds_left,
    abs(kept.links - (select count(*) from {work}.person_links)) as links_not_kept,
    coalesce(abs(profiles.linked_pct - profiles.former_linked_pct), 0) as linked_shift_points,
    coalesce(profiles.people_gone_pct, 0) as people_gone_pct
from kept
cross join profile
cross join listed
cross join met
cross join profiles
