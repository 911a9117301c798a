insert into quarantine.suppressed_keys (regency_code, digest, key_id, is_alone, erasure_id)
select
    %(regency)s,
    quarantine.keyed_digest('nik:' || number, %(inner)s, %(outer)s),
    %(key_id)s,
    %(is_alone)s,
    %(erasure_id)s
from unnest(%(niks)s::text[]) as number
on conflict do nothing
