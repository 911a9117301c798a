select
    delivery_id,
    sha256
from audit.deliveries
where delivery_id = any(%(deliveries)s)
