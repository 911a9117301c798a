with
lines as (
    select * from {{ ref('int_budget_lines_summed') }}
),

plans as (
    select * from {{ ref('int_budget_plans_unpivoted') }}
),

realisations as (
    select * from {{ ref('int_budget_realisations_summed') }}
),

-- A ceiling stands in one row only, that of the month of the release (of another
-- year's budget, its first or last month), so that it may be summed over months.
lines_placed as (
    select
        lines.*,
        case
            when budget_year = {{ run_year() }} then {{ run_month() }}
            when budget_year > {{ run_year() }} then 1
            else 12
        end as ceiling_month
    from lines
),

current_rows as (
    select
        lines_placed.budget_line_id,
        lines_placed.current_phase as phase,
        plans.month,
        plans.planned_idr,
        case
            when plans.month = lines_placed.ceiling_month
                then lines_placed.current_ceiling_idr
        end as ceiling_idr,
        realisations.realised_idr
    from lines_placed
    inner join plans
        on lines_placed.budget_line_id = plans.budget_line_id
    left join realisations
        on lines_placed.budget_year = realisations.budget_year
            and lines_placed.opd_code = realisations.opd_code
            and lines_placed.sub_activity_code = realisations.sub_activity_code
            and plans.month = realisations.month
            and lines_placed.lines_of_sub_activity = 1
),

-- What the revision replaced: a ceiling, no plan and no spending of its own.
original_rows as (
    select
        budget_line_id,
        'MURNI' as phase,
        ceiling_month as month,
        null::numeric as planned_idr,
        original_ceiling_idr as ceiling_idr,
        null::numeric as realised_idr
    from lines_placed
    where current_phase = 'PERUBAHAN'
        and original_ceiling_idr is not null
),

phased as (
    select * from current_rows
    union all
    select * from original_rows
),

budgeted as (
    select
        lines_placed.budget_year,
        lines_placed.opd_code,
        lines_placed.opd_name,
        lines_placed.budget_program_code,
        lines_placed.sub_activity_code,
        lines_placed.sub_activity_name,
        lines_placed.indicator_code,
        lines_placed.strategy,
        lines_placed.funding_source as fund_source,
        phased.phase,
        phased.phase = lines_placed.current_phase as is_current_phase,
        phased.month,
        phased.planned_idr,
        phased.ceiling_idr,
        phased.realised_idr
    from phased
    inner join lines_placed
        on phased.budget_line_id = lines_placed.budget_line_id
),

sub_activities as (
    select
        budget_year,
        opd_code,
        sub_activity_code,
        max(opd_name) as opd_name,
        max(budget_program_code) as budget_program_code,
        max(sub_activity_name) as sub_activity_name,
        max(indicator_code) as indicator_code,
        max(strategy) as strategy,
        max(current_phase) as current_phase,
        max(lines_of_sub_activity) as lines_of_sub_activity
    from lines_placed
    group by budget_year, opd_code, sub_activity_code
),

-- Spending of no line, or of a sub-activity with several sources: the report does
-- not say whose money it was, and neither do we.
unsplit as (
    select
        realisations.budget_year,
        realisations.opd_code,
        sub_activities.opd_name,
        sub_activities.budget_program_code,
        realisations.sub_activity_code,
        coalesce(sub_activities.sub_activity_name, realisations.sub_activity_name)
            as sub_activity_name,
        sub_activities.indicator_code,
        sub_activities.strategy,
        null::text as fund_source,
        coalesce(sub_activities.current_phase, 'MURNI') as phase,
        true as is_current_phase,
        realisations.month,
        null::numeric as planned_idr,
        null::numeric as ceiling_idr,
        realisations.realised_idr
    from realisations
    left join sub_activities
        on realisations.budget_year = sub_activities.budget_year
            and realisations.opd_code = sub_activities.opd_code
            and realisations.sub_activity_code = sub_activities.sub_activity_code
    where sub_activities.lines_of_sub_activity is distinct from 1
),

unioned as (
    select
        *,
        true as is_split_by_source
    from budgeted
    union all
    select
        *,
        false as is_split_by_source
    from unsplit
)

select
    {{ surrogate_key([
        'budget_year', 'opd_code', 'sub_activity_code', 'fund_source', 'phase',
        'month', 'is_split_by_source',
    ]) }} as row_id,
    {{ release_columns() }},
    budget_year,
    opd_code,
    opd_name,
    budget_program_code,
    sub_activity_code as sub_kegiatan_code,
    sub_activity_name as sub_kegiatan_name,
    indicator_code,
    strategy,
    fund_source,
    phase,
    is_current_phase,
    month,
    planned_idr,
    ceiling_idr,
    realised_idr
from unioned
