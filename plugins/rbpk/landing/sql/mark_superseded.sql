-- What mended a list's rows goes with the list.
update audit.deliveries
set status = 'superseded'
where
    delivery_id = any(%(delivery_ids)s)
    or (corrects = any(%(delivery_ids)s) and status in ('landed', 'held'))
