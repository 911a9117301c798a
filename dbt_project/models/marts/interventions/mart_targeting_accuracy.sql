with
interventions as (
    select * from {{ ref('int_interventions_unioned') }}
),

households as (
    select * from {{ ref('int_households_assessed') }}
),

-- One family a programme and funder, however often it is helped; whom linkage
-- could not place is a recipient on no list.
recipients as (
    select
        interventions.funder_type,
        interventions.programme_code,
        interventions.opd_code,
        interventions.strategy,
        interventions.indicator_code,
        coalesce(interventions.household_id, interventions.intervention_id)
            as recipient,
        count(*) as deliveries,
        coalesce(sum(interventions.amount_idr), 0) as amount_idr,
        bool_or(households.household_id is not null) as is_on_list,
        min(households.desil) as desil
    from interventions
    left join households
        on interventions.household_id = households.household_id
    where interventions.is_delivered
    group by
        interventions.funder_type,
        interventions.programme_code,
        interventions.opd_code,
        interventions.strategy,
        interventions.indicator_code,
        coalesce(interventions.household_id, interventions.intervention_id)
),

counted as (
    select
        funder_type,
        programme_code,
        opd_code,
        strategy,
        indicator_code,
        sum(deliveries)::integer as deliveries,
        count(*)::integer as recipients,
        count(*) filter (where is_on_list)::integer as on_list,
        count(*) filter (where desil = 1)::integer as desil_1,
        count(*) filter (where desil between 2 and 4)::integer as desil_2_4,
        count(*) filter (where desil >= 5)::integer as desil_5_up,
        count(*) filter (where is_on_list and desil is null)::integer
            as desil_unknown,
        sum(amount_idr) as amount_idr,
        coalesce(sum(amount_idr) filter (where is_on_list), 0)
            as amount_on_list_idr
    from recipients
    group by
        funder_type, programme_code, opd_code, strategy, indicator_code
)

select
    {{ surrogate_key(['funder_type', 'programme_code', 'opd_code']) }} as row_id,
    {{ release_columns() }},
    funder_type,
    programme_code,
    opd_code,
    strategy,
    indicator_code as indicator,
    deliveries,
    recipients,
    on_list,
    desil_1,
    desil_2_4,
    desil_5_up,
    desil_unknown,
    amount_idr,
    amount_on_list_idr,
    {{ percentage('on_list', 'recipients') }} as on_list_pct,
    {{ percentage('desil_1', 'recipients') }} as desil_1_pct,
    {{ percentage('amount_on_list_idr', 'amount_idr') }} as amount_on_list_pct,
    -- Off target (R4): fewer recipients on a list than the regency accepts.
    coalesce(
        {{ percentage('on_list', 'recipients') }}
        < {{ parameter('ON_LIST_LEAST_PCT') }},
        false
    ) as is_off_target
from counted
