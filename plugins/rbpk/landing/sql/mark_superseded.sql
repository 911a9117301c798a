update audit.deliveries
set status = 'superseded'
where delivery_id = any(%(delivery_ids)s)
