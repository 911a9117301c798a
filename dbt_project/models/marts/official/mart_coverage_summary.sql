with
coverage as (
    select * from {{ ref('mart_coverage') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

kecamatans as (
    select distinct
        kecamatan_code,
        kecamatan_name
    from regions
),

-- Kecamatan with all their cells (R37), villages where somebody lives in the cell.
summed as (
    select
        kecamatan_code,
        desa_code,
        desil,
        programme_code,
        case grouping(desa_code) when 1 then 'KECAMATAN' else 'VILLAGE' end
            as level,
        sum(households)::integer as families,
        sum(eligible)::integer as eligible,
        sum(served)::integer as served,
        sum(exclusion_errors)::integer as exclusion_errors,
        sum(inclusion_errors)::integer as inclusion_errors
    from coverage
    group by grouping sets (
        (kecamatan_code, desil, programme_code),
        (kecamatan_code, desa_code, desil, programme_code)
    )
)

select
    {{ surrogate_key([
        'summed.level', 'summed.kecamatan_code', 'summed.desa_code',
        'summed.desil', 'summed.programme_code'
    ]) }} as row_id,
    {{ release_columns() }},
    summed.level,
    summed.kecamatan_code,
    kecamatans.kecamatan_name,
    summed.desa_code,
    regions.village_name as desa_name,
    summed.desil,
    summed.programme_code,
    programmes.name_id as programme_name,
    summed.families,
    summed.eligible,
    summed.served,
    summed.exclusion_errors,
    summed.inclusion_errors,
    {{ percentage('(summed.eligible - summed.exclusion_errors)', 'summed.eligible') }}
        as coverage_pct
from summed
left join kecamatans
    on summed.kecamatan_code = kecamatans.kecamatan_code
left join regions
    on summed.desa_code = regions.village_code
left join {{ ref('dim_programmes') }} as programmes
    on summed.programme_code = programmes.programme_code
where summed.level = 'KECAMATAN'
    or summed.families > 0
