-- Links that do not follow the one before, or were not made of what they say.
select
    links.regency_code,
    links.number,
    links.table_name,
    links.row_key,
    case
        when links.number <> links.position then 'a link before it is missing'
        when links.previous_hash <> links.hash_before then 'does not follow the link before it'
        else 'the link was changed'
    end as finding
from (
    select
        link.regency_code,
        link.number,
        link.table_name,
        link.row_key,
        link.hash,
        link.previous_hash,
        row_number() over (partition by link.regency_code order by link.number) as position,
        coalesce(lag(link.hash) over (partition by link.regency_code order by link.number), '') as hash_before,
        audit.link_hash(link, versions.hashed_columns) as hash_made
    from audit.chain as link
    left join audit.chain_versions as versions
        on link.table_name = versions.table_name and link.version = versions.version
) as links
where links.number <> links.position
    or links.previous_hash <> links.hash_before
    or links.hash is distinct from links.hash_made
order by links.regency_code, links.number
