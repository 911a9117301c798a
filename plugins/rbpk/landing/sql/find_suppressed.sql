insert into pg_temp.erased_rows (delivery_id, sheet, source_row, leaves)
select landed.delivery_id, landed.sheet, landed.source_row, %(leaves)s or bool_or(known.is_alone)
from {table} as landed
cross join lateral unnest({marks}) as said (mark)
inner join quarantine.suppressed_keys as known
    on known.regency_code = %(regency)s
        and known.digest = quarantine.keyed_digest(said.mark, %(inner)s, %(outer)s)
where landed.regency_code = %(regency)s
    and (%(delivery)s::text is null or landed.delivery_id = %(delivery)s)
group by landed.delivery_id, landed.sheet, landed.source_row
on conflict (delivery_id, sheet, source_row) do update
set leaves = erased_rows.leaves or excluded.leaves
