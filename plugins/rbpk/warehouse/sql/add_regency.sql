insert into audit.regencies (regency_code, regency_name)
values (%(code)s, %(name)s)
on conflict (regency_code) do update set regency_name = excluded.regency_name
where audit.regencies.regency_name is distinct from excluded.regency_name
