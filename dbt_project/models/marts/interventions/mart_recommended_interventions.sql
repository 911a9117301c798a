{{ config(
    indexes=[{'columns': ['household_id']}],
) }}

with
recommended as (
    select * from {{ ref('int_interventions_recommended') }}
)

select
    {{ surrogate_key(['recommendation_id']) }} as row_id,
    {{ release_columns() }},
    household_id,
    person_id,
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    desil,
    deprivation_count,
    indicator_code as indicator,
    pathway,
    measure,
    programme_code,
    strategy,
    opd_code,
    is_helped_already,
    age_rule_version
from recommended
