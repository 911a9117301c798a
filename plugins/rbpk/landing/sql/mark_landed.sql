update audit.deliveries
set
    status = 'landed',
    landed_at = clock_timestamp(),
    rows_read = %(rows_read)s,
    rows_loaded = %(rows_loaded)s,
    rows_quarantined = %(rows_quarantined)s,
    rows_duplicate = %(rows_duplicate)s,
    rows_not_data = %(rows_not_data)s,
    supersedes = %(supersedes)s,
    senders = %(senders)s
where delivery_id = %(delivery_id)s
