with
delivered_lines as (
    select * from {{ ref('stg_apbd__budget_lines') }}
),

-- What one sub-activity of one office gets from one source; an office may list
-- it in several rows, and no rupiah of them is lost.
summed as (
    select
        {{ budget_year('delivered_lines') }} as budget_year,
        delivered_lines.opd_code,
        delivered_lines.sub_activity_code,
        delivered_lines.funding_source,
        {% for month in range(1, 13) -%}
        sum(delivered_lines.planned_month_{{ month }}_idr)
            as planned_month_{{ month }}_idr,
        {% endfor -%}
        max(delivered_lines.opd_name) as opd_name,
        max(delivered_lines.sub_activity_name) as sub_activity_name,
        max(delivered_lines.budget_program_code) as budget_program_code,
        max(delivered_lines.indicator_label) as indicator_code,
        max({{ strategy_code('delivered_lines.strategy_label') }}) as strategy,
        max(delivered_lines.unit_cost_idr) as unit_cost_idr,
        min(delivered_lines.window_from_month) as window_from_month,
        max(delivered_lines.window_to_month) as window_to_month,
        sum(delivered_lines.original_ceiling_idr) as original_ceiling_idr,
        -- A line the revision leaves alone keeps its original ceiling.
        case
            when count(delivered_lines.revised_ceiling_idr) > 0
                then
                    sum(coalesce(
                        delivered_lines.revised_ceiling_idr,
                        delivered_lines.original_ceiling_idr
                    ))
        end as revised_ceiling_idr
    from delivered_lines
    group by
        {{ budget_year('delivered_lines') }},
        delivered_lines.opd_code,
        delivered_lines.sub_activity_code,
        delivered_lines.funding_source
)

-- The cash plan of a file is the plan of the ceiling in force when it was sent.
select
    summed.*,
    {{ surrogate_key([
        'budget_year', 'opd_code', 'sub_activity_code', 'funding_source'
    ]) }} as budget_line_id,
    case
        when revised_ceiling_idr is null then 'MURNI' else 'PERUBAHAN'
    end as current_phase,
    coalesce(revised_ceiling_idr, original_ceiling_idr) as current_ceiling_idr,
    count(*) over (
        partition by budget_year, opd_code, sub_activity_code
    ) as lines_of_sub_activity
from summed
