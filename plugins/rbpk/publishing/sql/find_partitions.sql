select tables.relname, attached.inhdetachpending, parents.relnamespace::regnamespace::text, parents.relname
from pg_catalog.pg_inherits as attached
inner join pg_catalog.pg_class as tables on attached.inhrelid = tables.oid
inner join pg_catalog.pg_class as parents on attached.inhparent = parents.oid
where tables.relnamespace = to_regnamespace(quote_ident(%(schema)s))
order by tables.relname
