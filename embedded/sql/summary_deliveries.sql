-- Every delivery of the month and where its rows went.
select
    source_file as file,
    coalesce(nullif(concat_ws(' ', feed, entity), ''), '-') as "what",
    status,
    coalesce(error_code, '') as reason,
    rows_read as "read",
    rows_loaded as loaded,
    rows_quarantined as quarantined,
    rows_duplicate as duplicate
from audit.deliveries
where regency_code = %(regency)s and period = %(period)s
order by source_file, feed, entity, received_at
