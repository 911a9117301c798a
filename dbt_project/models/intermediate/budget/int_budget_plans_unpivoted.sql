{{ config(materialized='view') }}

with
lines as (
    select * from {{ ref('int_budget_lines_summed') }}
),

-- Cash planned by line and month.
unpivoted as (
    select
        lines.budget_line_id,
        lines.budget_year,
        lines.opd_code,
        lines.sub_activity_code,
        planned.month,
        planned.planned_idr
    from lines
    cross join lateral (
        values
        {% for month in range(1, 13) -%}
        ({{ month }}, lines.planned_month_{{ month }}_idr){{ ',' if not loop.last }}
        {% endfor %}
    ) as planned (month, planned_idr)
)

select * from unpivoted
