-- A held delivery that passes after its cause was mended is landed again.
update audit.deliveries
set
    status = case when %(passed)s then 'landed' else 'held' end,
    error_code = case when %(passed)s then null else %(error_code)s end,
    error_message = case when %(passed)s then null else %(error_message)s end
where delivery_id = %(delivery_id)s and status in ('landed', 'held')
