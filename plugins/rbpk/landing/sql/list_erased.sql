select
    delivery_id,
    count(*) filter (where leaves),
    count(*) filter (where not leaves)
from pg_temp.erased_rows
group by delivery_id
