select regency_code, period, feed, entity
from audit.deliveries
where delivery_id = %(delivery_id)s and status in ('landed', 'held')
