-- Everything the rows of a person can be known by when they are delivered again.
insert into quarantine.suppressed_keys (regency_code, digest, key_id, is_alone, erasure_id)
select distinct
    %(regency)s,
    quarantine.keyed_digest(said.mark, %(inner)s, %(outer)s),
    %(key_id)s,
    %(is_alone)s,
    %(erasure_id)s
from {table} as landed
cross join lateral unnest({marks}) as said (mark)
where landed.regency_code = %(regency)s
    and said.mark is not null
    and (
        {nik} = any(%(niks)s)
        or (landed.delivery_id, landed.sheet, landed.source_row) in (
            select linked.delivery_id, linked.sheet, linked.source_row
            from unnest(%(deliveries)s::text[], %(sheets)s::text[], %(rows)s::integer[])
                as linked (delivery_id, sheet, source_row)
        )
    )
on conflict do nothing
