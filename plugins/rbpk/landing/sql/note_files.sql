insert into quarantine.unkept_files (delivery_id, regency_code)
select distinct delivery_id, %(regency)s
from unnest(%(deliveries)s::text[]) as delivery_id
on conflict do nothing
