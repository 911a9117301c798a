select
    tables.relname,
    obj_description(tables.oid, 'pg_class'),
    columns.attname,
    format_type(columns.atttypid, columns.atttypmod),
    col_description(tables.oid, columns.attnum)
from pg_catalog.pg_class as tables
inner join pg_catalog.pg_attribute as columns
    on tables.oid = columns.attrelid and columns.attnum > 0 and not columns.attisdropped
where tables.relnamespace = to_regnamespace(quote_ident(%(schema)s))
    and tables.relkind = %(kind)s
    -- A regency's part of a parent is no table of its own.
    and not (tables.relkind = 'p' and tables.relispartition)
    -- What dbt leaves when it is killed between two renames.
    and tables.relname !~ '__dbt_(tmp|backup)$'
order by tables.relname, columns.attnum
