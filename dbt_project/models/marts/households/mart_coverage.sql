with
households as (
    select * from {{ ref('int_households_assessed') }}
),

programmes as (
    select * from {{ ref('int_household_programmes_assessed') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

counted as (
    select
        households.village_code,
        households.desil,
        programmes.programme_code,
        count(*) filter (where programmes.is_eligible) as eligible,
        count(*) filter (where programmes.is_served) as served,
        count(*) filter (where programmes.is_exclusion_error)
            as exclusion_errors,
        count(*) filter (where programmes.is_inclusion_error)
            as inclusion_errors
    from programmes
    inner join households
        on programmes.household_id = households.household_id
    group by
        households.village_code, households.desil, programmes.programme_code
),

-- Every programme with a policy, and whatever else helped a household.
programmes_judged as (
    select cuts.programme_code
    from {{ ref('programme_cutoffs') }} as cuts
    where {{ is_in_force('cuts') }}
    union distinct
    select programme_code from counted
),

households_counted as (
    select
        village_code,
        desil,
        count(*) as households
    from households
    group by village_code, desil
),

-- Every village, every desil, every programme: zeros are answers too (R37).
places as (
    select
        regions.village_code,
        desils.desil
    from regions
    cross join generate_series(1, 10) as desils (desil)
    union distinct
    select
        village_code,
        desil
    from households_counted
),

cells as (
    select
        places.village_code,
        places.desil,
        programmes_judged.programme_code
    from places
    cross join programmes_judged
)

select
    {{ surrogate_key([
        'cells.village_code', 'cells.desil', 'cells.programme_code'
    ]) }} as row_id,
    {{ release_columns() }},
    left(cells.village_code, 8) as kecamatan_code,
    cells.village_code as desa_code,
    cells.desil,
    cells.programme_code,
    coalesce(households_counted.households, 0)::integer as households,
    coalesce(counted.eligible, 0)::integer as eligible,
    coalesce(counted.served, 0)::integer as served,
    coalesce(counted.exclusion_errors, 0)::integer as exclusion_errors,
    coalesce(counted.inclusion_errors, 0)::integer as inclusion_errors
from cells
-- An unknown village or desil is a cell like any other; `is not distinct from`
-- would compare every pair.
left join counted
    on coalesce(cells.village_code, '') = coalesce(counted.village_code, '')
        and coalesce(cells.desil, 0) = coalesce(counted.desil, 0)
        and cells.programme_code = counted.programme_code
left join households_counted
    on coalesce(cells.village_code, '')
        = coalesce(households_counted.village_code, '')
        and coalesce(cells.desil, 0) = coalesce(households_counted.desil, 0)
