with
interventions as (
    select * from {{ ref('int_interventions_unioned') }}
),

measures as (
    select * from {{ ref('int_people_measures_assigned') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

-- The old in training or with capital (R42): by the age the lists agree on, else
-- the one the giving list wrote down.
elderly as (
    select
        interventions.household_id,
        interventions.person_id,
        interventions.programme_code,
        interventions.funder_type,
        interventions.village_code,
        case
            when interventions.indicator_code = 'PEKERJAAN'
                then 'ELDERLY_IN_TRAINING'
            else 'ELDERLY_WITH_CAPITAL'
        end as mismatch_code
    from interventions
    left join measures
        on interventions.person_id = measures.person_id
    where interventions.is_delivered
        and interventions.strategy = 'INCOME'
        and coalesce(measures.age, interventions.age_recorded)
        > {{ parameter('WORKING_AGE_TO') }}
),

helped as (
    select
        household_id,
        bool_or(strategy = 'INCOME') as has_income_help
    from interventions
    where is_delivered and household_id is not null
    group by household_id
    -- Cash and food; an insurance premium or a scholarship takes no one's place.
    having
        bool_or(strategy = 'EXPENDITURE' and indicator_code = 'EKONOMI')
),

-- The young who could be trained or funded, in a family that gets aid only (R43).
young as (
    select
        measures.household_id,
        measures.person_id,
        null::text as programme_code,
        null::text as funder_type,
        null::text as village_code,
        'YOUNG_WITH_AID_ONLY' as mismatch_code
    from measures
    inner join helped
        on measures.household_id = helped.household_id
    where not helped.has_income_help
        and measures.measure in ('TRAINING', 'CAPITAL')
),

unioned as (
    select * from elderly
    union
    select * from young
)

select
    {{ surrogate_key([
        'unioned.household_id', 'unioned.person_id', 'unioned.programme_code',
        'unioned.funder_type', 'unioned.mismatch_code', 'unioned.village_code'
    ]) }} as row_id,
    {{ release_columns() }},
    unioned.mismatch_code,
    unioned.household_id,
    unioned.person_id,
    left(coalesce(unioned.village_code, located.village_code), 8)
        as kecamatan_code,
    coalesce(unioned.village_code, located.village_code) as desa_code,
    unioned.programme_code,
    unioned.funder_type
from unioned
left join located
    on unioned.household_id = located.household_id
