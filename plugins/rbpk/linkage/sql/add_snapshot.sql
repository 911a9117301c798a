insert into linkage.snapshots (regency_code, snapshot, period, inputs_hash, release_id)
values (%(regency)s, %(snapshot)s, %(period)s, %(inputs_hash)s, %(release_id)s)
on conflict do nothing
