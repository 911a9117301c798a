{%- set quarter = ((var('period')[5:] | int) + 2) // 3 -%}

with
activities as (
    select * from {{ ref('int_official_activities_summed') }}
)

select
    {{ surrogate_key(['opd_code', 'sub_activity_code']) }} as row_id,
    {{ release_columns() }},
    line_number,
    budget_year,
    {{ quarter }} as quarter,
    strategy,
    strategy_name,
    opd_code,
    opd_name,
    budget_program_code,
    sub_activity_code as sub_kegiatan_code,
    sub_activity_name as sub_kegiatan_name,
    indicator_code,
    funding_sources,
    original_ceiling_idr,
    current_ceiling_idr,
    realised_quarter_{{ quarter }}_idr as realised_this_quarter_idr,
    realised_idr,
    {{ bounded_percentage('realised_idr', 'current_ceiling_idr') }} as realised_pct,
    target_recipients,
    recipients,
    problem_text
from activities
