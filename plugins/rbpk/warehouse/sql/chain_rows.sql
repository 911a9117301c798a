-- Rows of one table that are not as their last link has them.
select
    coalesce(latest.regency_code, '-'),
    latest.number,
    {name},
    coalesce(latest.row_key, present.row_key),
    case
        when latest.row_key is null then 'a row nobody entered'
        when present.row_key is null then 'the row is gone'
        else 'the row was changed'
    end as finding
from (
    select distinct on (link.row_key)
        link.row_key,
        link.row_hash,
        link.regency_code,
        link.number,
        versions.hashed_columns
    from audit.chain as link
    inner join audit.chain_versions as versions
        on link.table_name = versions.table_name and link.version = versions.version
    where link.table_name = {name}
    order by link.row_key asc, link.number desc
) as latest
full outer join (
    select
        audit.row_key(to_jsonb(entries), {keys}) as row_key,
        to_jsonb(entries) as content
    from {table} as entries
) as present
    on latest.row_key = present.row_key
where latest.row_key is null
    or present.row_key is null
    or audit.row_hash(present.content, latest.hashed_columns) <> latest.row_hash
order by 2, 4
