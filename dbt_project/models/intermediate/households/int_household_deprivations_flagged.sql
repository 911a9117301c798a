with
members as (
    select * from {{ ref('int_household_members_counted') }}
),

homes as (
    select * from {{ ref('int_household_homes_described') }}
),

school_children as (
    select * from {{ ref('int_school_children_assessed') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

out_of_school as (
    select
        household_id,
        bool_or(is_out_of_school) as has_child_out_of_school
    from school_children
    group by household_id
),

-- The five indicators of R1; the rule in words stands in the seed `indicators`.
flagged as (
    select
        members.household_id,
        coalesce(homes.housing_points >= housing.threshold_points, false)
            as is_deprived_housing,
        coalesce(out_of_school.has_child_out_of_school, false)
            as is_deprived_education,
        coalesce(
            members.has_stunting_risk
            or members.has_disabled_or_pregnant_member,
            false
        ) as is_deprived_health,
        coalesce(homes.economy_points >= economy.threshold_points, false)
            as is_deprived_economy,
        members.working_age_members > 0
        and members.working_age_members_working_or_unknown = 0
            as is_deprived_employment
    from members
    left join homes
        on members.household_id = homes.household_id
    left join out_of_school
        on members.household_id = out_of_school.household_id
    inner join indicators as housing
        on housing.indicator_code = 'RUMAH'
    inner join indicators as economy
        on economy.indicator_code = 'EKONOMI'
)

select
    *,
    is_deprived_housing::integer
    + is_deprived_education::integer
    + is_deprived_health::integer
    + is_deprived_economy::integer
    + is_deprived_employment::integer as deprivation_count
from flagged
