with
households as (
    select
        household_id,
        village_code,
        desil
    from {{ ref('int_households_assessed') }}
),

previous_households as (
    select * from {{ ref('int_previous_households_read') }}
),

previous_release as (
    select distinct
        previous_release_id,
        previous_period
    from previous_households
),

compared as (
    select
        households.household_id is not null as is_here,
        previous_households.household_id is not null as was_here,
        coalesce(households.village_code, previous_households.desa_code)
            as village_code,
        previous_households.desa_code as previous_village_code,
        households.desil,
        previous_households.desil as previous_desil
    from households
    full outer join previous_households
        on households.household_id = previous_households.household_id
),

-- One household may have changed in more than one way.
changes as (
    select
        compared.village_code,
        listed.change
    from compared
    cross join
        lateral (
            values
            ('added', compared.is_here and not compared.was_here),
            ('removed', compared.was_here and not compared.is_here),
            ('desil_up', compared.desil > compared.previous_desil),
            ('desil_down', compared.desil < compared.previous_desil),
            (
                'moved',
                compared.is_here and compared.was_here
                and compared.village_code
                is distinct from compared.previous_village_code
            )
        ) as listed (change, has_happened)
    where listed.has_happened
),

counted as (
    select
        village_code,
        change,
        count(*)::integer as change_count
    from changes
    group by village_code, change
)

-- Without an earlier release there is nothing to compare with, and no row.
select
    {{ surrogate_key(['counted.village_code', 'counted.change']) }} as row_id,
    {{ release_columns() }},
    previous_release.previous_release_id,
    previous_release.previous_period,
    left(counted.village_code, 8) as kecamatan_code,
    counted.village_code as desa_code,
    counted.change,
    counted.change_count as count
from counted
cross join previous_release
