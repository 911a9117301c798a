{{ config(
    indexes=[{'columns': ['household_id']}],
) }}

with
households as (
    select * from {{ ref('int_households_assessed') }}
),

measures as (
    select * from {{ ref('int_people_measures_assigned') }}
),

recommendations as (
    select *
    from {{ ref('recommendations') }} as advised
    where {{ is_in_force('advised') }}
),

office_lists as (
    select *
    from {{ ref('office_lists') }} as listed
    where {{ is_in_force('listed') }}
),

interventions as (
    select * from {{ ref('int_interventions_unioned') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

-- Who should be helped, and what the family lacks.
needs as (
    select
        households.household_id,
        households.village_code,
        households.desil,
        households.deprivation_count,
        lacking.indicator_code
    from households
    cross join
        lateral (
            values
            ('RUMAH', households.is_deprived_housing),
            ('PENDIDIKAN', households.is_deprived_education),
            ('KESEHATAN', households.is_deprived_health),
            ('EKONOMI', households.is_deprived_economy),
            ('PEKERJAAN', households.is_deprived_employment)
        ) as lacking (indicator_code, is_deprived)
    where lacking.is_deprived and households.is_eligible
),

-- What the family gets as one, and what each member gets by age and ability.
takers as (
    select
        household_id,
        null::text as person_id,
        null::text as pathway,
        'HOUSEHOLD' as measure,
        age_rule_version
    from households
    where is_eligible
    union all
    select
        household_id,
        person_id,
        pathway,
        measure,
        age_rule_version
    from measures
    where measure is not null
),

-- Helped already for that need, by whatever purse: same indicator, same
-- strategy, this month.
helped as (
    select distinct
        interventions.household_id,
        interventions.indicator_code,
        interventions.strategy
    from interventions
    where interventions.is_delivered
        and interventions.household_id is not null
),

matched as (
    select
        needs.household_id,
        needs.village_code,
        needs.desil,
        needs.deprivation_count,
        needs.indicator_code,
        takers.person_id,
        takers.pathway,
        takers.measure,
        takers.age_rule_version,
        recommendations.programme_code,
        -- Two needs that ask for one programme ask for it once.
        row_number() over (
            partition by
                needs.household_id,
                takers.person_id,
                recommendations.programme_code
            order by recommendations.rank, needs.indicator_code
        ) as nth
    from needs
    inner join takers
        on needs.household_id = takers.household_id
    inner join recommendations
        on takers.measure = recommendations.measure
            and needs.indicator_code = recommendations.indicator_code
)

select
    {{ surrogate_key([
        'matched.household_id', 'matched.person_id', 'matched.programme_code'
    ]) }} as recommendation_id,
    matched.household_id,
    matched.person_id,
    matched.village_code,
    matched.desil,
    matched.deprivation_count,
    matched.indicator_code,
    matched.pathway,
    matched.measure,
    matched.age_rule_version,
    matched.programme_code,
    programmes.strategy,
    office_lists.opd_code,
    helped.household_id is not null as is_helped_already
from matched
inner join programmes
    on matched.programme_code = programmes.programme_code
left join office_lists
    on matched.programme_code = office_lists.programme_code
left join helped
    on matched.household_id = helped.household_id
        and programmes.indicator_code = helped.indicator_code
        and programmes.strategy = helped.strategy
where matched.nth = 1
