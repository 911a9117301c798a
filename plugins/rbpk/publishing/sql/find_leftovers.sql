select leftover.schema_name
from audit.releases
cross join lateral (values (work_schema), (release_schema)) as leftover (schema_name)
where regency_code = %(regency)s
    and period = %(period)s
    and status = 'withdrawn'
    and published_at is null
    and to_regnamespace(quote_ident(leftover.schema_name)) is not null
    -- An attached table cannot go without waiting for readers of its siblings: retention detaches it.
    and not exists (
        select 1
        from pg_catalog.pg_class as tables
        where tables.relnamespace = to_regnamespace(quote_ident(leftover.schema_name)) and tables.relispartition
    )
