-- One row per (file, feed entity) of these contents in this month, and how far each has come.
select
    sha256,
    delivery_id,
    source_file,
    coalesce(feed, '') as feed,
    coalesce(entity, '') as entity,
    status,
    coalesce(error_code, '') as error_code,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_duplicate
from audit.deliveries
where regency_code = %(regency)s and period = %(period)s and sha256 = any(%(contents)s)
order by source_file, feed, entity, delivery_id
