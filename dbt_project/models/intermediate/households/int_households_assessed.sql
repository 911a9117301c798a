{{ config(
    indexes=[{'columns': ['household_id'], 'unique': true}],
) }}

with
members as (
    select * from {{ ref('int_household_members_counted') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

ranked as (
    select * from {{ ref('int_households_ranked') }}
),

deprivations as (
    select * from {{ ref('int_household_deprivations_flagged') }}
),

programmes as (
    select * from {{ ref('int_household_programmes_assessed') }}
),

verifications as (
    select * from {{ ref('int_household_verifications_resolved') }}
),

previous_households as (
    select * from {{ ref('int_previous_households_read') }}
),

programmes_summed as (
    select
        household_id,
        bool_or(is_eligible) as is_eligible,
        count(*) filter (where is_served)::integer as programmes_received_count,
        coalesce(
            string_agg(programme_code, ',' order by programme_code)
            filter (where is_served),
            ''
        ) as programmes_received,
        coalesce(
            sum(amount_idr) filter (where programme_code = 'PKH'), 0
        ) as pkh_paid_idr,
        bool_or(is_inclusion_error) as is_inclusion_error,
        coalesce(
            string_agg(
                programme_code || ':' || inclusion_error_reasons, ';'
                order by programme_code
            ) filter (where is_inclusion_error),
            ''
        ) as inclusion_error_reasons
    from programmes
    group by household_id
),

-- Exclusion error (R10): should be helped, and no programme at all reached it.
judged as (
    select
        members.household_id,
        located.village_code,
        coalesce(located.has_village_conflict, false) as has_village_conflict,
        members.members,
        members.dead_members,
        ranked.desil,
        ranked.desil_source,
        ranked.desil_p3ke,
        ranked.desil_dtsen,
        members.in_p3ke,
        members.in_dtks,
        members.in_pkh,
        members.in_dtsen,
        deprivations.is_deprived_housing,
        deprivations.is_deprived_education,
        deprivations.is_deprived_health,
        deprivations.is_deprived_economy,
        deprivations.is_deprived_employment,
        deprivations.deprivation_count,
        coalesce(verifications.verification_status, 'UNVERIFIED')
            as verification_status,
        verifications.decision_code as verification_decision,
        verifications.decided_on as verified_on,
        verifications.decided_by as verified_by,
        verifications.minutes_number as verification_minutes,
        verifications.verification_age_months,
        coalesce(verifications.is_verification_stale, false)
            as is_verification_stale,
        -- Only whom the field found eligible is a candidate (R13).
        coalesce(verifications.is_candidate, false) and members.members > 0
            as is_candidate,
        case
            when ranked.desil <= {{ parameter('EXTREME_DESIL_TO') }}
                then 'EXTREME'
            when ranked.desil <= {{ parameter('VULNERABLE_DESIL_TO') }}
                then 'VULNERABLE'
            when ranked.desil is not null then 'ABOVE'
        end as vulnerability_band,
        programmes_summed.is_eligible,
        programmes_summed.programmes_received,
        programmes_summed.programmes_received_count,
        programmes_summed.pkh_paid_idr,
        programmes_summed.is_eligible
        and programmes_summed.programmes_received_count = 0
            as is_exclusion_error,
        programmes_summed.is_inclusion_error,
        programmes_summed.inclusion_error_reasons,
        -- The path that raises income comes first; a family of only elderly
        -- is helped as it is (R42), and children follow their family.
        case
            when members.members_train_or_capital > 0 then 'TRAIN_OR_CAPITAL'
            when members.members_aid > 0 then 'AID'
            when members.members_family > 0 then 'FAMILY'
        end as age_pathway,
        members.members_aid,
        members.members_train_or_capital,
        members.members_family,
        members.age_rule_version
    from members
    left join located
        on members.household_id = located.household_id
    left join ranked
        on members.household_id = ranked.household_id
    inner join deprivations
        on members.household_id = deprivations.household_id
    inner join programmes_summed
        on members.household_id = programmes_summed.household_id
    left join verifications
        on members.household_id = verifications.household_id
)

-- Months in a row (R11): a month without a release breaks the row.
select
    judged.*,
    -- Programmes for the extreme poor: the poorest desil, seen in the field (R52).
    judged.is_candidate
    and coalesce(judged.vulnerability_band = 'EXTREME', false)
        as is_extreme_candidate,
    case
        when not judged.is_exclusion_error then 0
        when previous_households.is_last_month
            then previous_households.months_excluded + 1
        else 1
    end as months_excluded
from judged
left join previous_households
    on judged.household_id = previous_households.household_id
