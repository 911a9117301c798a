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

kept as (
    select count(*) as links
    from linkage.person_links
    where regency_code = {regency} and period = {period}
)

select
    (select count(*) from matched) as records_not_linked_once,
    (select count(*) from people where households <> 1) as people_in_many_households,
    (select count(*) from people where records > 40) as clusters_large,
    abs(kept.links - (select count(*) from {work}.person_links)) as links_not_kept
from kept
