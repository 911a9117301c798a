-- The month's newest release that readers saw and that was neither taken back nor cleared away.
select release_id, revision, work_schema, release_schema, inputs_hash
from audit.releases
where regency_code = %(regency)s
    and period = %(period)s
    and status in ('published', 'superseded')
    and to_regnamespace(quote_ident(release_schema)) is not null
order by revision desc
limit 1
