update audit.deliveries
set
    status = 'held',
    error_code = %(error_code)s,
    error_message = %(error_message)s,
    landed_at = clock_timestamp(),
    rows_read = %(rows_read)s,
    rows_loaded = %(rows_loaded)s,
    rows_quarantined = %(rows_quarantined)s,
    rows_duplicate = %(rows_duplicate)s,
    rows_not_data = %(rows_not_data)s
where delivery_id = %(delivery_id)s
