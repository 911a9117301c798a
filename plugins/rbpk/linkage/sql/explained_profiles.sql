-- What is known of the row's person and of everybody they live with: families that share members are evidence.
with
latest as (
    select distinct on (record_id) *
    from linkage.person_profiles
    where regency_code = %(regency)s
    order by record_id, snapshot desc
),
asked as (
    select
        person_id,
        household_id,
        period
    from linkage.person_links
    where regency_code = %(regency)s and record_id = %(record)s
    order by period desc
    limit 1
)
select latest.*
from latest
where latest.person_id in (
    select links.person_id
    from linkage.person_links as links
    inner join asked
        on links.household_id = asked.household_id
        and links.period = asked.period
    where links.regency_code = %(regency)s
)
