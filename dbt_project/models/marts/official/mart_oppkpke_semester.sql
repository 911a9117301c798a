with
activities as (
    select * from {{ ref('int_official_activities_summed') }}
)

select
    {{ surrogate_key(['opd_code', 'sub_activity_code']) }} as row_id,
    {{ release_columns() }},
    line_number,
    budget_year,
    {{ 1 if var('period')[5:] | int <= 6 else 2 }} as semester,
    strategy,
    strategy_name,
    opd_code,
    opd_name,
    sub_activity_code as sub_kegiatan_code,
    budget_program_code,
    -- The code says the kegiatan: the sub-kegiatan without its last part.
    regexp_replace(sub_activity_code, '[.][^.]*$', '') as kegiatan_code,
    sub_activity_name as sub_kegiatan_name,
    activity_kind,
    current_ceiling_idr,
    funding_sources,
    benefit_units,
    places,
    target_recipients,
    unit_cost_idr,
    programme_names,
    months_planned,
    realised_quarter_1_idr,
    realised_quarter_2_idr,
    realised_quarter_3_idr,
    realised_quarter_4_idr,
    realised_idr
    - coalesce(realised_quarter_1_idr, 0) - coalesce(realised_quarter_2_idr, 0)
    - coalesce(realised_quarter_3_idr, 0) - coalesce(realised_quarter_4_idr, 0)
        as realised_unsplit_idr,
    realised_idr
from activities
