select delivery_id
from audit.deliveries
where feed = %(feed)s and status = 'received'
order by received_at, delivery_id
