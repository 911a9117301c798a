with
payments as (
    select * from {{ ref('stg_pkh__payments') }}
),

records as (
    select * from {{ ref('int_person_records_linked') }}
),

payment_statuses as (
    select * from {{ ref('payment_statuses') }}
),

benefit_index as (
    select *
    from {{ ref('pkh_benefit_index') }} as benefits
    where {{ is_in_force('benefits') }}
),

classed as (
    select
        payments.*,
        records.person_id,
        records.household_id,
        coalesce(payment_statuses.payment_class, 'unknown') as payment_class,
        coalesce(payment_statuses.is_paid, false) as is_paid_status,
        coalesce(payment_statuses.makes_ineligible, false)
            as is_found_ineligible,
        coalesce(payment_statuses.means_dead, false) as is_found_dead
    from payments
    left join records
        on payments.record_id = records.record_id
    left join payment_statuses
        on payments.payment_status = payment_statuses.payment_status
),

-- A file that does not name its months may pay two (cards) or three (post office);
-- a fifth and a sixth stage a year are of two.
stage_lengths as (
    select
        classed.record_id,
        classed.amount_idr,
        lengths.stage_months
    from classed
    cross join lateral unnest(
        case
            when classed.stage_months is not null then array[classed.stage_months]
            when classed.stage > 4 then array[2]
            else array[2, 3]
        end
    ) as lengths (stage_months)
),

components as (
    select
        classed.record_id,
        counted.component_code,
        counted.people
    from classed
    cross join
        lateral (
            values
            ('BUMIL', classed.bumil_count),
            ('AUD', classed.aud_count),
            ('SD', classed.sd_count),
            ('SMP', classed.smp_count),
            ('SMA', classed.sma_count),
            ('LANSIA', classed.lansia_count),
            ('DISAB', classed.disab_count)
        ) as counted (component_code, people)
    where counted.people > 0
),

-- One row a counted person, up to the most a component allows in one family.
component_people as (
    select
        components.record_id,
        benefit_index.yearly_idr,
        row_number() over (
            partition by components.record_id
            order by benefit_index.yearly_idr desc, components.component_code asc
        ) as nth
    from components
    inner join benefit_index
        on components.component_code = benefit_index.component_code
    cross join lateral generate_series(
        1, least(components.people, benefit_index.most_per_family)
    )
),

rule_sums as (
    select
        stage_lengths.record_id,
        stage_lengths.amount_idr,
        stage_lengths.stage_months,
        -- A stage pays its share of the year; a third of a rupiah is not paid.
        sum(
            trunc(
                component_people.yearly_idr * stage_lengths.stage_months / 12
            )
        ) filter (
            where component_people.nth <= {{ parameter('PKH_MOST_COMPONENTS') }}
        ) as rule_idr
    from component_people
    inner join stage_lengths
        on component_people.record_id = stage_lengths.record_id
    group by
        stage_lengths.record_id,
        stage_lengths.amount_idr,
        stage_lengths.stage_months
),

-- Of two lengths the one that the amount tells, else the quarter.
rule_amounts as (
    select distinct on (record_id)
        record_id,
        rule_idr
    from rule_sums
    order by
        record_id asc,
        rule_idr is not distinct from amount_idr desc,
        stage_months desc
),

people_counted as (
    select
        record_id,
        sum(people)::integer as component_people
    from components
    group by record_id
),

-- A family is paid once a stage, whatever the file says twice.
assessed as (
    select
        classed.record_id,
        classed.participant_id_pkh,
        classed.person_id,
        classed.household_id,
        classed.village_code,
        classed.stage,
        classed.stage_year,
        classed.stage_months,
        classed.payment_status,
        classed.payment_class,
        classed.amount_idr,
        coalesce(rule_amounts.rule_idr, 0) as rule_idr,
        coalesce(people_counted.component_people, 0) as component_people,
        classed.is_found_ineligible,
        classed.is_found_dead,
        classed.is_paid_status
        and row_number() over (
            partition by
                classed.participant_id_pkh, classed.stage_year, classed.stage
            order by classed.is_paid_status desc, classed.record_id asc
        ) = 1 as is_paid
    from classed
    left join rule_amounts
        on classed.record_id = rule_amounts.record_id
    left join people_counted
        on classed.record_id = people_counted.record_id
)

select
    *,
    (amount_idr is distinct from rule_idr) as is_off_the_rule,
    -- More than the most components were paid for (PAY_OVER_4).
    coalesce(
        amount_idr > rule_idr
        and component_people > {{ parameter('PKH_MOST_COMPONENTS') }},
        false
    ) as is_over_most_components
from assessed
