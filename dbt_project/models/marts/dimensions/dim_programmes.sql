with
programmes as (
    select *
    from {{ ref('programmes') }} as listed
    where {{ is_in_force('listed') }}
),

-- A cascade is for all its steps, one after the other.
cutoffs as (
    select
        cuts.programme_code,
        min(cuts.desil_from) as desil_from,
        max(cuts.desil_to) as desil_to,
        max(cuts.step) as cutoff_steps,
        bool_or(cuts.needs_verification) as needs_verification,
        max(cuts.valid_from) as valid_from,
        max(cuts.confidence) as confidence,
        string_agg(cuts.source, '; ' order by cuts.step) as source
    from {{ ref('programme_cutoffs') }} as cuts
    where {{ is_in_force('cuts') }}
    group by cuts.programme_code
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
    cutoffs.cutoff_steps,
    cutoffs.needs_verification,
    cutoffs.valid_from as cutoff_valid_from,
    cutoffs.confidence as cutoff_confidence,
    cutoffs.source as cutoff_source
from programmes
left join cutoffs
    on programmes.programme_code = cutoffs.programme_code
