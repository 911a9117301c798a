-- Records without exactly one link, seen by the warehouse itself.
select count(*)
from (
    select records.record_id
    from {records} as records
    left join {links} as links on records.record_id = links.record_id
    group by records.record_id
    having count(*) <> 1 or count(links.record_id) <> 1
) as unlinked
