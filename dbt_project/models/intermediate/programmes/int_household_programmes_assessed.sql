{{ config(
    indexes=[{'columns': ['household_id']}],
    post_hook='analyze {{ this }}',
) }}

with
members as (
    select * from {{ ref('int_household_members_counted') }}
),

ranked as (
    select * from {{ ref('int_households_ranked') }}
),

cutoffs as (
    select *
    from {{ ref('programme_cutoffs') }} as cuts
    where {{ is_in_force('cuts') }}
),

receipts as (
    select * from {{ ref('int_household_receipts_unioned') }}
),

payments as (
    select * from {{ ref('int_pkh_payments_assessed') }}
),

findings as (
    select
        household_id,
        bool_or(is_found_ineligible) as is_found_ineligible
    from payments
    group by household_id
),

judged as (
    select
        members.household_id,
        cutoffs.programme_code,
        ranked.desil,
        ranked.desil between cutoffs.desil_from and cutoffs.desil_to
            as is_within_cutoff,
        members.members = 0 as is_extinct,
        members.has_ineligible_job,
        coalesce(
            findings.is_found_ineligible and cutoffs.programme_code = 'PKH',
            false
        ) as is_found_ineligible,
        receipts.household_id is not null as is_served,
        receipts.amount_idr
    from members
    cross join cutoffs
    left join ranked
        on members.household_id = ranked.household_id
    left join findings
        on members.household_id = findings.household_id
    left join receipts
        on members.household_id = receipts.household_id
            and cutoffs.programme_code = receipts.programme_code
),

-- Eligible: a known desil within the cut-off and nothing that rules it out. An
-- unknown desil makes nobody eligible, and nobody's help an error either.
assessed as (
    select
        household_id,
        programme_code,
        is_served,
        amount_idr,
        coalesce(is_within_cutoff, false)
        and not is_extinct
        and not has_ineligible_job
        and not is_found_ineligible as is_eligible,
        case
            when is_served
                then array_to_string(array_remove(array[
                        case when is_extinct then 'DECEASED' end,
                        case when has_ineligible_job then 'INELIGIBLE_JOB' end,
                        case when is_found_ineligible then 'FOUND_INELIGIBLE' end,
                        case when not is_within_cutoff then 'DESIL_OVER_CUTOFF' end
                    ], null), ',')
            else ''
        end as inclusion_error_reasons
    from judged
)

select
    *,
    is_eligible and not is_served as is_exclusion_error,
    inclusion_error_reasons != '' as is_inclusion_error
from assessed
