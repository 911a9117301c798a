insert into pg_temp.erased_rows (delivery_id, sheet, source_row, leaves)
select landed.delivery_id, landed.sheet, landed.source_row, %(leaves)s or %(is_alone)s
from {table} as landed
inner join unnest(%(deliveries)s::text[], %(sheets)s::text[], %(rows)s::integer[])
    as linked (delivery_id, sheet, source_row)
    using (delivery_id, sheet, source_row)
where landed.regency_code = %(regency)s
on conflict do nothing
