-- Where each registered person lived just before a snapshot, and since when that household has been known.
select
    homes.person_id,
    homes.household_id,
    homes.is_head,
    first_seen.since
from (
    select distinct on (person_id) *
    from linkage.household_members
    where regency_code = %(regency)s and snapshot < %(snapshot)s
    order by person_id, snapshot desc
) as homes
inner join (
    select
        household_id,
        min(snapshot) as since
    from linkage.household_members
    where regency_code = %(regency)s and snapshot < %(snapshot)s
    group by household_id
) as first_seen on homes.household_id = first_seen.household_id
