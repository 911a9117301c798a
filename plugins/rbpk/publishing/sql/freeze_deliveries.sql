insert into audit.release_deliveries (release_id, delivery_id)
select %(release_id)s, delivery_id
from unnest(%(delivery_ids)s::text[]) as delivery_id
