insert into linkage.id_changes (regency_code, period, kind, entity, old_id, new_id)
select distinct on (regency_code, period, entity, old_id, new_id)
    regency_code,
    period,
    kind,
    entity,
    old_id,
    new_id
from pg_temp.new_id_changes
order by regency_code, period, entity, old_id, new_id, kind
on conflict do nothing
