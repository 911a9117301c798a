with
schedules as (
    select * from {{ ref('int_budget_schedules_compared') }}
)

select
    {{ surrogate_key([
        'budget_year', 'opd_code', 'sub_activity_code', 'month'
    ]) }} as row_id,
    {{ release_columns() }},
    budget_year,
    opd_code,
    sub_activity_code as sub_kegiatan_code,
    sub_activity_name as sub_kegiatan_name,
    month,
    window_from_month,
    window_to_month,
    ceiling_idr,
    planned_idr,
    realised_idr,
    deviation_pct,
    flag,
    absorption_pct,
    traffic_light,
    physical_progress_pct,
    has_budget_line,
    is_over_ceiling,
    problem_text
from schedules
