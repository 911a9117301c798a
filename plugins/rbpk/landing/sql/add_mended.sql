insert into audit.deliveries (
    delivery_id, regency_code, period, feed, entity, source_file, sha256, size_bytes, stored_as, file_format,
    header_shape, status, landed_at, supersedes, corrects, ba_number, senders,
    rows_read, rows_loaded, rows_quarantined, rows_duplicate, rows_not_data
)
select
    %(mended)s, regency_code, period, %(feed)s, %(entity)s, source_file, sha256, size_bytes, stored_as, file_format,
    header_shape, 'landed', clock_timestamp(), %(former)s, %(corrects)s, ba_number,
    (select corrected.senders from audit.deliveries as corrected where corrected.delivery_id = %(corrects)s),
    %(rows)s, %(rows)s, 0, 0, 0
from audit.deliveries
where delivery_id = %(delivery_id)s
