select
    delivery_id, regency_code, period, feed, entity, source_file, stored_as, status, error_code,
    rows_read, rows_loaded, rows_quarantined, rows_duplicate, rows_not_data, supersedes, sha256, ba_number
from audit.deliveries
where delivery_id = %(delivery_id)s
for update
