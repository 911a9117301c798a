{{ config(
    indexes=[{'columns': ['household_id'], 'unique': true}],
) }}

with
members as (
    select * from {{ ref('int_household_members_counted') }}
),

ranked as (
    select * from {{ ref('int_households_ranked') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

deprivations as (
    select * from {{ ref('int_household_deprivations_flagged') }}
),

verifications as (
    select * from {{ ref('int_household_verifications_resolved') }}
),

payments as (
    select * from {{ ref('int_pkh_payments_assessed') }}
),

payment_findings as (
    select
        household_id,
        bool_or(is_found_ineligible) as is_found_ineligible,
        bool_or(is_paid) as is_paid
    from payments
    group by household_id
)

-- What programmes ask of a household, whatever the programme.
select
    members.household_id,
    located.village_code,
    regions.village_kind,
    ranked.desil,
    members.members = 0 as is_extinct,
    -- Still on a list that decides who is helped; one may have left them all.
    members.in_p3ke or members.in_dtks or members.in_pkh
    or coalesce(members.in_dtsen and {{ desil_source() }} = 'DTSEN', false)
        as is_listed,
    members.has_ineligible_job,
    coalesce(payment_findings.is_found_ineligible, false)
        as is_found_ineligible,
    coalesce(payment_findings.is_paid, false) as is_pkh_paid,
    coalesce(verifications.verification_status, 'UNVERIFIED')
        as verification_status,
    coalesce(verifications.is_candidate, false) as is_candidate,
    coalesce(verifications.verification_status, '') = 'VERIFIED_INELIGIBLE'
        as is_verified_ineligible,
    verifications.inclusion_reason as verification_reason,
    deprivations.is_deprived_housing,
    members.members_aid > 0 as has_aid_member,
    members.members_train_or_capital > 0 as has_working_age_member,
    members.members_family > 0 as has_child,
    -- Lost livelihood, disabled or ill, or an elderly person alone (3.4).
    deprivations.is_deprived_employment
    or coalesce(members.has_disabled_or_pregnant_member, false)
    or members.members = 1 and members.members_aid = 1 as is_vulnerable
from members
left join located
    on members.household_id = located.household_id
left join regions
    on located.village_code = regions.village_code
left join ranked
    on members.household_id = ranked.household_id
inner join deprivations
    on members.household_id = deprivations.household_id
left join verifications
    on members.household_id = verifications.household_id
left join payment_findings
    on members.household_id = payment_findings.household_id
