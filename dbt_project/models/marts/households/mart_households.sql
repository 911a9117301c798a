{{ config(
    indexes=[
        {'columns': ['household_id'], 'unique': true},
        {'columns': ['desa_code']},
    ],
) }}

with
households as (
    select * from {{ ref('int_households_assessed') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
)

select
    {{ surrogate_key(['households.household_id']) }} as row_id,
    {{ release_columns() }},
    households.household_id,
    left(households.village_code, 8) as kecamatan_code,
    households.village_code as desa_code,
    regions.priority_tier,
    households.members,
    households.dead_members,
    households.desil,
    households.desil_source,
    households.desil_p3ke,
    households.desil_dtsen,
    households.in_p3ke,
    households.in_dtks,
    households.in_pkh,
    households.in_dtsen,
    households.has_village_conflict,
    households.is_deprived_housing,
    households.is_deprived_education,
    households.is_deprived_health,
    households.is_deprived_economy,
    households.is_deprived_employment,
    households.deprivation_count,
    households.vulnerability_band,
    households.verification_status,
    households.verification_decision,
    households.verified_on,
    households.verified_by,
    households.verification_minutes,
    households.verification_age_months,
    households.is_verification_stale,
    households.is_candidate,
    households.is_extreme_candidate,
    households.is_eligible,
    households.programmes_received,
    households.programmes_received_count,
    households.pkh_paid_idr,
    households.is_exclusion_error,
    households.months_excluded,
    households.is_inclusion_error,
    households.inclusion_error_reasons,
    households.age_pathway,
    households.members_aid,
    households.members_train_or_capital,
    households.members_family,
    households.age_rule_version
from households
left join regions
    on households.village_code = regions.village_code
