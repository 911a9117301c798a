update audit.deliveries
set status = 'refused', error_code = %(error_code)s, error_message = %(error_message)s
where delivery_id = %(delivery_id)s and status = 'received'
