insert into audit.release_deliveries (release_id, delivery_id, overtaken_senders)
select %(release_id)s, delivery_id, overtaken_senders
from unnest(%(delivery_ids)s::text[], %(overtaken_senders)s::jsonb[]) as frozen (delivery_id, overtaken_senders)
