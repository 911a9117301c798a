with
verifications as (
    select * from {{ ref('int_household_verifications_resolved') }}
),

decision_codes as (
    select * from {{ ref('decision_codes') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

-- Two words on one family; "put off" is no word yet.
compared as (
    select
        located.village_code,
        verifications.is_conflict,
        verifications.is_settled_by_minutes,
        puskesos.outcome is not null and companions.outcome is not null
            as is_seen_by_both,
        puskesos.outcome = companions.outcome as is_agreed
    from verifications
    left join located
        on verifications.household_id = located.household_id
    left join decision_codes as puskesos
        on verifications.puskesos_code = puskesos.decision_code
            and puskesos.outcome != 'POSTPONED'
    left join decision_codes as companions
        on verifications.pkh_companion_code = companions.decision_code
            and companions.outcome != 'POSTPONED'
),

counted as (
    select
        village_code,
        count(*) filter (where is_seen_by_both)::integer as seen_by_both,
        count(*) filter (where is_agreed)::integer as agreed,
        count(*) filter (where is_seen_by_both and not is_agreed)::integer
            as conflicting,
        count(*) filter (where is_conflict)::integer as for_joint_sitting,
        count(*) filter (where is_settled_by_minutes)::integer
            as settled_by_minutes
    from compared
    group by village_code
),

villages as (
    select village_code
    from regions
    union
    select village_code
    from counted
)

select
    {{ surrogate_key(['villages.village_code']) }} as row_id,
    {{ release_columns() }},
    left(villages.village_code, 8) as kecamatan_code,
    villages.village_code as desa_code,
    coalesce(counted.seen_by_both, 0) as seen_by_both,
    coalesce(counted.agreed, 0) as agreed,
    coalesce(counted.conflicting, 0) as conflicting,
    {{ percentage('counted.agreed', 'counted.seen_by_both') }} as agreement_pct,
    coalesce(counted.for_joint_sitting, 0) as for_joint_sitting,
    coalesce(counted.settled_by_minutes, 0) as settled_by_minutes
from villages
left join counted
    on coalesce(villages.village_code, '') = coalesce(counted.village_code, '')
