with
villages as (
    select * from {{ ref('int_village_budgets_summed') }}
)

select
    {{ surrogate_key(['village_key']) }} as row_id,
    {{ release_columns() }},
    {{ run_year() }} as budget_year,
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    village_kind,
    is_expected,
    has_budget,
    compliance,
    budget_lines,
    poverty_lines,
    original_budget_idr,
    budget_idr,
    realised_idr,
    poverty_budget_idr,
    poverty_realised_idr,
    poverty_share_pct,
    population_data_idr,
    empowerment_idr
from villages
