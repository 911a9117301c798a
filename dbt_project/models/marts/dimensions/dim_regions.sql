with
regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

villages as (
    select
        'VILLAGE' as level,
        village_code as region_code,
        village_name as region_name,
        kecamatan_code,
        kecamatan_name,
        kecamatan_code_bps,
        village_code as desa_code,
        village_name as desa_name,
        village_kind,
        old_village_code as former_code,
        priority_tier,
        priority_list_version,
        is_priority_by_succession
    from regions
),

kecamatans as (
    select distinct
        'KECAMATAN' as level,
        kecamatan_code as region_code,
        kecamatan_name as region_name,
        kecamatan_code,
        kecamatan_name,
        kecamatan_code_bps,
        null::text as desa_code,
        null::text as desa_name,
        null::text as village_kind,
        null::text as former_code,
        priority_tier,
        priority_list_version,
        is_priority_by_succession
    from regions
),

unioned as (
    select * from kecamatans
    union all
    select * from villages
)

select
    {{ surrogate_key(['region_code']) }} as row_id,
    {{ release_columns() }},
    unioned.*
from unioned
