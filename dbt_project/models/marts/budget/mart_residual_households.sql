{{ config(
    indexes=[{'columns': ['household_id'], 'unique': true}],
) }}

with
offers as (
    select * from {{ ref('int_household_offers_assigned') }}
)

select
    {{ surrogate_key(['household_id']) }} as row_id,
    {{ release_columns() }},
    household_id,
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    programme_code,
    priority_rank::integer as priority_rank,
    priority_tier,
    desil,
    deprivation_count,
    is_deprived_housing,
    is_deprived_education,
    is_deprived_health,
    is_deprived_economy,
    is_deprived_employment,
    funded_by,
    offered_to,
    offer_code,
    offered_indicator_code,
    offer_status
from offers
