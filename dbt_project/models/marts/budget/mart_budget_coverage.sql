with
programmes_costed as (
    select * from {{ ref('int_programme_budgets_costed') }}
),

needs as (
    select * from {{ ref('int_household_needs_ranked') }}
),

ceilings as (
    select
        programme_code,
        'MURNI' as phase,
        original_ceiling_idr as ceiling_idr
    from programmes_costed
    where original_ceiling_idr is not null or not has_budget_line
    union all
    select
        programme_code,
        'PERUBAHAN',
        revised_ceiling_idr
    from programmes_costed
    where revised_ceiling_idr is not null
),

needed as (
    select
        ceilings.programme_code,
        ceilings.phase,
        count(needs.household_id)::integer as need_households,
        sum(needs.cost_idr) as need_idr,
        count(needs.household_id) filter (
            where needs.cost_to_here_idr <= ceilings.ceiling_idr
        )::integer as fundable_households,
        coalesce(sum(needs.cost_idr) filter (
            where needs.cost_to_here_idr <= ceilings.ceiling_idr
        ), 0) as fundable_idr
    from ceilings
    left join needs
        on ceilings.programme_code = needs.programme_code
    group by ceilings.programme_code, ceilings.phase
)

select
    {{ surrogate_key(['needed.programme_code', 'needed.phase']) }} as row_id,
    {{ release_columns() }},
    {{ run_year() }} as budget_year,
    needed.programme_code,
    needed.phase,
    needed.phase = programmes_costed.current_phase as is_current_phase,
    programmes_costed.desil_from,
    programmes_costed.desil_to,
    programmes_costed.needs_indicator_code,
    programmes_costed.needs_pathway,
    programmes_costed.not_with_programme_code,
    programmes_costed.priority_order,
    programmes_costed.has_budget_line,
    needed.need_households,
    programmes_costed.cost_basis,
    programmes_costed.unit_cost_idr,
    programmes_costed.unit_cost_source,
    case
        when programmes_costed.unit_cost_idr is not null
            then coalesce(needed.need_idr, 0)
    end as need_idr,
    ceilings.ceiling_idr,
    needed.fundable_households,
    needed.fundable_idr,
    needed.need_households - needed.fundable_households as residual_households,
    -- R34: what the revision leaves unfunded, next year's original budget has to find.
    'MURNI_' || ({{ run_year() }} + 1)::text as carried_to,
    case
        when programmes_costed.unit_cost_idr is not null
            then coalesce(needed.need_idr, 0) - needed.fundable_idr
    end as carried_idr
from needed
inner join programmes_costed
    on needed.programme_code = programmes_costed.programme_code
inner join ceilings
    on needed.programme_code = ceilings.programme_code
        and needed.phase = ceilings.phase
