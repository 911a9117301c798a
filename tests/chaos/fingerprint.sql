-- One query a table: how many rows, and a sum over the hashes of their content. Moments and running numbers differ
-- from run to run and say nothing about the rows.
select
    format('%I.%I', tables.table_schema, tables.table_name) as table_name,
    format(
        'select count(*), coalesce(sum(hashtextextended(concat_ws(''|'', %s), 0)), 0) from %I.%I',
        coalesce(string_agg(format('coalesce(%I::text, ''-'')', columns.column_name), ', ' order by columns.column_name), ''''''),
        tables.table_schema,
        tables.table_name
    ) as query
from information_schema.tables as tables
left join information_schema.columns as columns
    on tables.table_schema = columns.table_schema
        and tables.table_name = columns.table_name
        and columns.data_type <> 'timestamp with time zone'
        and columns.is_identity = 'NO'
        and columns.column_name !~ '_hash$|^prev|^chain'
where tables.table_type = 'BASE TABLE'
    -- Who came first and when decides the links; whether they hold is asked by itself.
    and tables.table_name <> 'chain'
    and (
        tables.table_schema in ('landing', 'quarantine', 'audit', 'linkage')
        or tables.table_schema ~ '^(work|release)_'
    )
group by tables.table_schema, tables.table_name
order by table_name
