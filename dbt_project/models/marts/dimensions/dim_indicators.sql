with
indicators as (
    select *
    from {{ ref('indicators') }} as listed
    where {{ is_in_force('listed') }}
)

select
    {{ surrogate_key(['indicator_code']) }} as row_id,
    {{ release_columns() }},
    indicator_code,
    name_id,
    name_en,
    rule_id,
    rule_en,
    source
from indicators
