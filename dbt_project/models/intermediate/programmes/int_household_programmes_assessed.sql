{{ config(
    indexes=[{'columns': ['household_id']}],
) }}

with
standings as (
    select * from {{ ref('int_household_standings_described') }}
),

cutoffs as (
    select *
    from {{ ref('programme_cutoffs') }} as cuts
    where {{ is_in_force('cuts') }}
),

receipts as (
    select * from {{ ref('int_household_receipts_unioned') }}
),

-- Each household against each step of each programme. A candidate the village
-- added has no rank yet; a programme says whether its minutes stand in for one.
compared as (
    select
        standings.household_id,
        cutoffs.programme_code,
        cutoffs.step,
        case
            when cutoffs.desil_to is not null
                then standings.desil between cutoffs.desil_from
                    and cutoffs.desil_to
        end as is_within_cutoff,
        (
            cutoffs.desil_to is null
            or standings.desil between cutoffs.desil_from and cutoffs.desil_to
            or standings.desil is null
            and cutoffs.accepts_candidates
            and standings.is_candidate
        )
        and (
            not cutoffs.needs_verification
            or standings.verification_status = 'VERIFIED_ELIGIBLE'
        )
        and (
            cutoffs.village_kind is null
            or cutoffs.village_kind = standings.village_kind
        )
        and case coalesce(cutoffs.needs, '')
            when '' then true
            when 'UNFIT_HOUSING' then standings.is_deprived_housing
            when 'AID_MEMBER' then standings.has_aid_member
            when 'WORKING_AGE_MEMBER' then standings.has_working_age_member
            when 'CHILD' then standings.has_child
            when 'VULNERABLE_NOT_PKH'
                then standings.is_vulnerable and not standings.is_pkh_paid
        end as is_fitting
    from standings
    cross join cutoffs
),

-- The first step a household fits, and whether its desil alone would do: help
-- to whom only the rest does not fit is no error, and nobody's right either.
fitted as (
    select
        household_id,
        programme_code,
        max(step) > 1 as is_cascade,
        min(step) filter (where is_fitting) as step,
        bool_or(is_within_cutoff) as is_within_cutoff
    from compared
    group by household_id, programme_code
),

-- Help without a cut-off of its own, from companies, BAZNAS and the army, is
-- nobody's right; given, it is judged by the desil help is meant for.
discretionary as (
    select
        receipts.household_id,
        receipts.programme_code,
        false as is_cascade,
        null::integer as step,
        standings.desil <= {{ parameter('TARGET_DESIL_TO') }}
            as is_within_cutoff
    from receipts
    inner join standings
        on receipts.household_id = standings.household_id
    where receipts.programme_code not in (
            select cutoffs.programme_code from cutoffs
        )
),

asked as (
    select * from fitted
    union all
    select * from discretionary
),

judged as (
    select
        standings.*,
        asked.programme_code,
        asked.is_cascade,
        asked.step,
        asked.is_within_cutoff,
        standings.is_found_ineligible
        and asked.programme_code = 'PKH' as is_refused_by_pkh,
        receipts.household_id is not null as is_served,
        receipts.amount_idr
    from asked
    inner join standings
        on asked.household_id = standings.household_id
    left join receipts
        on asked.household_id = receipts.household_id
            and asked.programme_code = receipts.programme_code
),

-- A cascade helps the first step of it that has anybody in the village.
cascades as (
    select
        village_code,
        programme_code,
        min(step) as first_step,
        min(step) filter (where not is_served) as first_step_unserved
    from judged
    where is_cascade
        and not is_extinct
        and not has_ineligible_job
        and not is_verified_ineligible
    group by village_code, programme_code
),

-- Eligible: a known desil within the cut-off and nothing that rules it out. An
-- unknown desil makes nobody eligible, and nobody's help an error either.
assessed as (
    select
        judged.household_id,
        judged.programme_code,
        judged.is_served,
        judged.amount_idr,
        judged.step is not null
        and (not judged.is_cascade or judged.step = cascades.first_step)
        and not judged.is_extinct
        and not judged.has_ineligible_job
        and not judged.is_refused_by_pkh
        and not judged.is_verified_ineligible as is_eligible,
        case
            when judged.is_served
                then array_to_string(array_remove(array[
                        case
                            when judged.is_extinct
                                or judged.verification_reason = 'DECEASED'
                                then 'DECEASED'
                        end,
                        case
                            when judged.has_ineligible_job
                                or judged.verification_reason = 'INELIGIBLE_JOB'
                                then 'INELIGIBLE_JOB'
                        end,
                        case
                            when judged.verification_reason
                                not in ('DECEASED', 'INELIGIBLE_JOB')
                                then judged.verification_reason
                        end,
                        case
                            when judged.is_refused_by_pkh then 'FOUND_INELIGIBLE'
                        end,
                        case
                            when not judged.is_listed
                                and not judged.is_candidate
                                then 'NOT_LISTED'
                        end,
                        case
                            when not judged.is_within_cutoff
                                and judged.step is null
                                then 'DESIL_OVER_CUTOFF'
                        end,
                        case
                            when judged.is_cascade
                                and judged.step is null
                                and judged.is_within_cutoff is not true
                                and judged.is_pkh_paid
                                then 'PKH_RECIPIENT'
                        end,
                        case
                            when judged.is_cascade
                                and judged.step > cascades.first_step_unserved
                                then 'CASCADE_ORDER'
                        end
                    ], null), ',')
            else ''
        end as inclusion_error_reasons
    from judged
    left join cascades
        on judged.village_code = cascades.village_code
            and judged.programme_code = cascades.programme_code
)

select
    *,
    is_eligible and not is_served as is_exclusion_error,
    inclusion_error_reasons != '' as is_inclusion_error
from assessed
