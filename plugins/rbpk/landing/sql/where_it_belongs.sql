select regency_code, period, feed
from audit.deliveries
where delivery_id = %(delivery_id)s
