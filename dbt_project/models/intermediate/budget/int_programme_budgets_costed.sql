with
needs as (
    select *
    from {{ ref('programme_needs') }} as listed
    where {{ is_in_force('listed') }}
),

programme_budgets as (
    select *
    from {{ ref('programme_budgets') }} as mapped
    where {{ is_in_force('mapped') }}
),

lines as (
    select *
    from {{ ref('int_budget_lines_summed') }}
    where budget_year = {{ run_year() }}
),

funding_order as (
    select *
    from {{ ref('funding_order') }} as listed
    where {{ is_in_force('listed') }}
),

priority_orders as (
    select string_agg(criterion, ',' order by position) as priority_order
    from funding_order
),

budgeted as (
    select
        programme_budgets.programme_code,
        sum(lines.original_ceiling_idr) as original_ceiling_idr,
        case
            when count(lines.revised_ceiling_idr) > 0
                then sum(lines.current_ceiling_idr)
        end as revised_ceiling_idr,
        sum(lines.current_ceiling_idr) as current_ceiling_idr,
        max(lines.current_phase) as current_phase,
        max(lines.unit_cost_idr) as unit_cost_idr
    from programme_budgets
    inner join lines
        on programme_budgets.sub_activity_code = lines.sub_activity_code
    group by programme_budgets.programme_code
)

-- What the budget says a unit costs goes before what policy assumes.
select
    needs.programme_code,
    needs.desil_from,
    needs.desil_to,
    needs.needs_indicator_code,
    needs.needs_pathway,
    needs.not_with_programme_code,
    needs.cost_basis,
    needs.is_offered_to_partners,
    coalesce(budgeted.unit_cost_idr, needs.unit_cost_idr) as unit_cost_idr,
    case
        when budgeted.unit_cost_idr is not null then 'BUDGET_LINE'
        when needs.unit_cost_idr is not null then 'POLICY'
    end as unit_cost_source,
    budgeted.programme_code is not null as has_budget_line,
    coalesce(budgeted.current_phase, 'MURNI') as current_phase,
    budgeted.original_ceiling_idr,
    budgeted.revised_ceiling_idr,
    budgeted.current_ceiling_idr,
    priority_orders.priority_order
from needs
left join budgeted
    on needs.programme_code = budgeted.programme_code
cross join priority_orders
