-- A held delivery that passes after its cause was mended is landed again.
update audit.deliveries
set
    status = case when %(passed)s then 'landed' else 'held' end,
    error_code = case when %(passed)s then null else %(error_code)s end,
    error_message = case when %(passed)s then null else %(error_message)s end
where delivery_id = %(delivery_id)s and status in ('landed', 'held')
    -- A jump in the number of rows is excused by signed minutes, not by good rows.
    and error_code is distinct from 'ROWCOUNT_JUMP'
