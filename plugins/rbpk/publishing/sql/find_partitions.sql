select tables.relname, attached.inhdetachpending
from pg_catalog.pg_inherits as attached
inner join pg_catalog.pg_class as tables on attached.inhrelid = tables.oid
where tables.relnamespace = to_regnamespace(quote_ident(%(schema)s))
order by tables.relname
