select distinct stored_as
from audit.deliveries
where stored_as is not null
