insert into linkage.linked_months (regency_code, period, snapshot, outcome)
values (%(regency)s, %(period)s, %(snapshot)s, %(outcome)s)
on conflict (regency_code, period) do update set snapshot = excluded.snapshot, outcome = excluded.outcome
