-- Priority orders, it never filters (R37).
with
villages as (
    select region_code as desa_code
    from {{ ref('dim_regions') }}
    where level = 'VILLAGE'
),

official as (
    select village_code as desa_code
    from {{ ref('regions') }}
    where regency_code = '{{ var("regency") }}'
),

agreement as (
    select distinct desa_code from {{ ref('mart_feed_agreement') }}
),

coverage as (
    select distinct desa_code from {{ ref('mart_coverage') }}
)

select official.desa_code
from official
left join villages on official.desa_code = villages.desa_code
left join agreement on official.desa_code = agreement.desa_code
left join coverage on official.desa_code = coverage.desa_code
where villages.desa_code is null
    or agreement.desa_code is null
    or coverage.desa_code is null
