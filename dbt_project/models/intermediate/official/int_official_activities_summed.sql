{#- The four quarters, and the last month of each. -#}
{%- set quarters = [1, 2, 3, 4] -%}

with
lines as (
    select * from {{ ref('int_budget_lines_summed') }}
    where budget_year = {{ run_year() }}
        and strategy is not null
),

activities as (
    select
        budget_year,
        opd_code,
        sub_activity_code,
        max(opd_name) as opd_name,
        max(sub_activity_name) as sub_activity_name,
        max(budget_program_code) as budget_program_code,
        max(strategy) as strategy,
        max(indicator_code) as indicator_code,
        string_agg(distinct funding_source, ', ' order by funding_source)
            as funding_sources,
        sum(original_ceiling_idr) as original_ceiling_idr,
        sum(current_ceiling_idr) as current_ceiling_idr,
        max(unit_cost_idr) as unit_cost_idr,
        min(window_from_month) as window_from_month,
        max(window_to_month) as window_to_month
    from lines
    group by budget_year, opd_code, sub_activity_code
),

reported as (
    select
        opd_code,
        sub_activity_code,
        month,
        realised_to_month_idr,
        problem_text
    from {{ ref('int_budget_realisations_summed') }}
    where budget_year = {{ run_year() }}
    union all
    select
        opd_code,
        sub_activity_code,
        month,
        realised_to_month_idr,
        null as problem_text
    from {{ ref('int_previous_realisations_read') }}
    where budget_year = {{ run_year() }}
),

-- This release's word on a month goes before what an earlier one published.
spent as (
    select distinct on (opd_code, sub_activity_code, month)
        opd_code,
        sub_activity_code,
        month,
        realised_to_month_idr,
        problem_text
    from (
        select
            reported.*,
            row_number() over () as arrival
        from reported
    ) as arrived
    where month <= {{ run_month() }}
    order by opd_code, sub_activity_code, month, arrival
),

-- Offices report what was spent since January. A quarter is told apart only where
-- the month that closes the quarter before it was reported too.
quarters as (
    select
        opd_code,
        sub_activity_code,
        {% for quarter in quarters -%}
        (array_agg(realised_to_month_idr order by month desc) filter (
            where month between {{ 3 * quarter - 2 }} and {{ 3 * quarter }}
        ))[1] as to_quarter_{{ quarter }}_idr,
        max(realised_to_month_idr) filter (where month = {{ 3 * quarter }})
            as closed_{{ quarter }}_idr,
        {% endfor -%}
        (array_agg(realised_to_month_idr order by month desc))[1] as realised_idr,
        (array_agg(problem_text order by month desc) filter (
            where problem_text is not null
        ))[1] as problem_text
    from spent
    group by opd_code, sub_activity_code
),

deliveries as (
    select
        interventions.opd_code,
        interventions.sub_activity_code,
        coalesce(interventions.household_id, interventions.record_id)
            as recipient,
        interventions.village_code,
        programmes.name_id as programme_name,
        programmes.benefit_unit
    from {{ ref('int_interventions_unioned') }} as interventions
    left join {{ ref('programmes') }} as programmes
        on interventions.programme_code = programmes.programme_code
    where interventions.is_delivered
        and interventions.sub_activity_code is not null
        and coalesce(interventions.delivered_on, {{ cut_off_date() }})
        >= date_trunc('quarter', {{ cut_off_date() }})
),

helped as (
    select
        deliveries.sub_activity_code,
        count(distinct deliveries.recipient)::integer as recipients,
        string_agg(
            distinct deliveries.programme_name, ', '
            order by deliveries.programme_name
        ) as programme_names,
        string_agg(
            distinct case deliveries.benefit_unit
                when 'household' then 'Keluarga' else 'Perorangan'
            end, ', '
        ) as benefit_units,
        string_agg(
            distinct regions.kecamatan_name, ', '
            order by regions.kecamatan_name
        ) as places
    from deliveries
    left join {{ ref('int_regions_prioritised') }} as regions
        on deliveries.village_code = regions.village_code
    group by deliveries.sub_activity_code
)

select
    activities.*,
    row_number() over (
        order by
            array_position(
                array['EXPENDITURE', 'INCOME', 'POCKET'], activities.strategy
            ),
            activities.opd_code,
            activities.sub_activity_code
    )::integer as line_number,
    case activities.strategy
        when 'EXPENDITURE' then 'Pengurangan beban pengeluaran masyarakat'
        when 'INCOME' then 'Peningkatan pendapatan masyarakat'
        when 'POCKET' then 'Penurunan jumlah kantong-kantong kemiskinan'
    end as strategy_name,
    -- Help that reaches people on a list is direct; the rest serves them all.
    case
        when helped.recipients > 0 then 'Langsung' else 'Tidak Langsung'
    end as activity_kind,
    floor(activities.current_ceiling_idr / nullif(activities.unit_cost_idr, 0))
    ::integer as target_recipients,
    coalesce(helped.recipients, 0) as recipients,
    helped.programme_names,
    helped.benefit_units,
    coalesce(helped.places, 'Kabupaten') as places,
    activities.window_to_month - activities.window_from_month + 1
        as months_planned,
    quarters.to_quarter_1_idr as realised_quarter_1_idr,
    {% for quarter in quarters[1:] -%}
    quarters.to_quarter_{{ quarter }}_idr - quarters.closed_{{ quarter - 1 }}_idr
        as realised_quarter_{{ quarter }}_idr,
    {% endfor -%}
    quarters.realised_idr,
    quarters.problem_text
from activities
left join quarters
    on activities.opd_code = quarters.opd_code
        and activities.sub_activity_code = quarters.sub_activity_code
left join helped
    on activities.sub_activity_code = helped.sub_activity_code
