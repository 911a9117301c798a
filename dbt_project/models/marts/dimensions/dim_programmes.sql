with
programmes as (
    select *
    from {{ ref('programmes') }} as listed
    where {{ is_in_force('listed') }}
),

cutoffs as (
    select *
    from {{ ref('programme_cutoffs') }} as cuts
    where {{ is_in_force('cuts') }}
)

select
    {{ surrogate_key(['programmes.programme_code']) }} as row_id,
    {{ release_columns() }},
    programmes.programme_code,
    programmes.name_id,
    programmes.name_en,
    programmes.strategy,
    programmes.indicator_code,
    programmes.funder_type,
    programmes.benefit_unit,
    programmes.recorded_in,
    cutoffs.desil_from,
    cutoffs.desil_to,
    cutoffs.valid_from as cutoff_valid_from,
    cutoffs.confidence as cutoff_confidence,
    cutoffs.source as cutoff_source
from programmes
left join cutoffs
    on programmes.programme_code = cutoffs.programme_code
