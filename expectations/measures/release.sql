select count(*) as marts_without_suite
from pg_catalog.pg_class as tables
where tables.relnamespace = to_regnamespace({release_name})
    and tables.relkind = 'r'
    and tables.relname <> all ({audited})
    and tables.relname !~ '__dbt_(tmp|backup)$'
