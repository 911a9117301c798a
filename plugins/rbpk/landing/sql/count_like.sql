select count(*)
from audit.deliveries
where delivery_id = %(delivery_id)s or starts_with(delivery_id, %(delivery_id)s || '-again-')
