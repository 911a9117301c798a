-- The counts of the run that wrote a month's links, if those are of this snapshot and all are still there.
select outcome
from linkage.linked_months
where
    regency_code = %(regency)s
    and period = %(period)s
    and snapshot = %(snapshot)s
    and (outcome ->> 'links')::bigint = (
        select count(*)
        from linkage.person_links
        where regency_code = %(regency)s and period = %(period)s
    )
