with
partners as (
    select * from {{ ref('partners') }}
)

select
    {{ surrogate_key(['partner_code']) }} as row_id,
    {{ release_columns() }},
    partner_code,
    partner_type,
    funder_type,
    name_id,
    name_en,
    control_total,
    as_of,
    source
from partners
