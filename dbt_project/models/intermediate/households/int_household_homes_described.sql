with
households_ranked as (
    select * from {{ ref('int_households_ranked') }}
),

families as (
    select * from {{ ref('stg_p3ke__families') }}
),

deprivation_codes as (
    select *
    from {{ ref('deprivation_codes') }} as codes
    where {{ is_in_force('codes') }}
),

-- One house a household: that of the recorded family that gives its desil.
homes as (
    select distinct on (households_ranked.household_id)
        households_ranked.household_id,
        households_ranked.desil,
        families.house_ownership_code,
        families.savings_code,
        families.roof_code,
        families.wall_code,
        families.floor_code,
        families.lighting_code,
        families.cooking_fuel_code,
        families.water_code,
        families.toilet_code
    from households_ranked
    left join families
        on households_ranked.family_id_p3ke = families.family_id_p3ke
    order by households_ranked.household_id, families.record_id
),

attributes as (
    select
        homes.household_id,
        listed.attribute,
        listed.code
    from homes
    cross join lateral (
        values
        ('desil', homes.desil::text),
        ('savings', homes.savings_code),
        ('roof', homes.roof_code),
        ('wall', homes.wall_code),
        ('floor', homes.floor_code),
        ('lighting', homes.lighting_code),
        ('cooking_fuel', homes.cooking_fuel_code),
        ('water', homes.water_code),
        ('toilet', homes.toilet_code)
    ) as listed (attribute, code)
),

pointed as (
    select
        attributes.household_id,
        deprivation_codes.indicator_code,
        sum(deprivation_codes.points) as points
    from attributes
    inner join deprivation_codes
        on attributes.attribute = deprivation_codes.attribute
            and attributes.code = deprivation_codes.code
    group by attributes.household_id, deprivation_codes.indicator_code
)

select
    homes.*,
    coalesce(housing.points, 0) as housing_points,
    coalesce(economy.points, 0) as economy_points
from homes
left join pointed as housing
    on homes.household_id = housing.household_id
        and housing.indicator_code = 'RUMAH'
left join pointed as economy
    on homes.household_id = economy.household_id
        and economy.indicator_code = 'EKONOMI'
