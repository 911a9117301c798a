{{ config(
    indexes=[{'columns': ['household_id'], 'unique': true}],
) }}

with
decisions as (
    select * from {{ ref('int_household_decisions_unioned') }}
),

decision_codes as (
    select * from {{ ref('decision_codes') }}
),

previous_households as (
    select * from {{ ref('int_previous_households_read') }}
    where verified_on is not null
),

-- What readers were told last month stays true until a newer round says more.
rounds as (
    select
        household_id,
        max(round_period) as round_period
    from decisions
    group by household_id
),

current_round as (
    select decisions.*
    from decisions
    inner join rounds
        on decisions.household_id = rounds.household_id
            and decisions.round_period = rounds.round_period
),

-- The last word of each role. A template has a row a person: a family with one
-- eligible row is eligible, whatever became of a member.
last_words as (
    select distinct on (current_round.household_id, current_round.officer_role)
        current_round.household_id,
        current_round.officer_role,
        current_round.round_period,
        current_round.decision_code,
        current_round.decided_on,
        current_round.minutes_number,
        decision_codes.outcome,
        -- Minutes of the village meeting settle what roles dispute (R30).
        current_round.officer_role in ('musdes', 'muskel')
        and current_round.minutes_number is not null as is_settling
    from current_round
    inner join decision_codes
        on current_round.decision_code = decision_codes.decision_code
    order by
        current_round.household_id asc,
        current_round.officer_role asc,
        current_round.decided_on desc,
        decision_codes.outcome asc,
        current_round.record_id asc
),

-- One decision speaks: the minutes', else the newest; "put off" only alone.
speaking as (
    select distinct on (household_id) *
    from last_words
    order by
        household_id asc,
        is_settling desc,
        outcome = 'POSTPONED',
        decided_on desc,
        officer_role asc
),

by_role as (
    select
        household_id,
        count(*)::integer as roles_decided,
        bool_or(outcome = 'ELIGIBLE') and bool_or(outcome = 'INELIGIBLE')
            as is_disputed,
        bool_or(is_settling) as is_settled,
        max(decision_code) filter (where officer_role = 'puskesos')
            as puskesos_code,
        max(decision_code) filter (where officer_role = 'tksk') as tksk_code,
        max(decision_code) filter (where officer_role = 'pendamping_pkh')
            as pkh_companion_code,
        max(decision_code) filter (where officer_role in ('musdes', 'muskel'))
            as meeting_code,
        max(decision_code) filter (where officer_role = 'verval_p3ke')
            as template_code,
        max(decision_code) filter (where officer_role = 'pkh_exit')
            as exit_code
    from last_words
    group by household_id
),

told as (
    select
        speaking.household_id,
        speaking.decision_code,
        speaking.outcome,
        speaking.decided_on,
        speaking.officer_role as decided_by,
        speaking.minutes_number,
        speaking.round_period,
        by_role.roles_decided,
        by_role.is_disputed and not by_role.is_settled as is_conflict,
        by_role.is_disputed and by_role.is_settled as is_settled_by_minutes,
        by_role.puskesos_code,
        by_role.tksk_code,
        by_role.pkh_companion_code,
        by_role.meeting_code,
        by_role.template_code,
        by_role.exit_code,
        false as is_remembered
    from speaking
    inner join by_role
        on speaking.household_id = by_role.household_id
),

remembered as (
    select
        previous_households.household_id,
        previous_households.verification_decision as decision_code,
        decision_codes.outcome,
        previous_households.verified_on as decided_on,
        previous_households.verified_by as decided_by,
        previous_households.verification_minutes as minutes_number,
        to_char(previous_households.verified_on, 'YYYY-MM') as round_period,
        null::integer as roles_decided,
        previous_households.verification_status = 'CONFLICT' as is_conflict,
        false as is_settled_by_minutes,
        null::text as puskesos_code,
        null::text as tksk_code,
        null::text as pkh_companion_code,
        null::text as meeting_code,
        null::text as template_code,
        null::text as exit_code,
        true as is_remembered
    from previous_households
    left join decision_codes
        on previous_households.verification_decision
            = decision_codes.decision_code
    left join told
        on previous_households.household_id = told.household_id
    where told.household_id is null
        or told.decided_on < previous_households.verified_on
        and told.round_period
        < to_char(previous_households.verified_on, 'YYYY-MM')
),

unioned as (
    select * from remembered
    union all
    select told.*
    from told
    left join remembered
        on told.household_id = remembered.household_id
    where remembered.household_id is null
)

-- A family in dispute waits for the joint sitting: nobody's decision counts.
select
    unioned.household_id,
    case
        when unioned.is_conflict then 'CONFLICT'
        when unioned.outcome = 'ELIGIBLE' then 'VERIFIED_ELIGIBLE'
        when unioned.outcome = 'INELIGIBLE' then 'VERIFIED_INELIGIBLE'
        when unioned.outcome = 'POSTPONED' then 'POSTPONED'
        else 'UNVERIFIED'
    end as verification_status,
    case when not unioned.is_conflict then unioned.decision_code end
        as decision_code,
    unioned.decided_on,
    unioned.decided_by,
    unioned.minutes_number,
    unioned.is_conflict,
    unioned.is_settled_by_minutes,
    coalesce(decision_codes.is_candidate and not unioned.is_conflict, false)
        as is_candidate,
    case
        when not unioned.is_conflict
            then nullif(decision_codes.inclusion_reason, '')
    end
        as inclusion_reason,
    unioned.is_remembered,
    unioned.roles_decided,
    unioned.puskesos_code,
    unioned.tksk_code,
    unioned.pkh_companion_code,
    unioned.meeting_code,
    unioned.template_code,
    unioned.exit_code,
    verified.age_months as verification_age_months,
    verified.age_months > {{ parameter('VERIFICATION_STALE_MONTHS') }}
        as is_verification_stale
from unioned
left join decision_codes
    on unioned.decision_code = decision_codes.decision_code
cross join lateral (
    values
    ({{ months_between("to_char(unioned.decided_on, 'YYYY-MM')") }})
) as verified (age_months)
