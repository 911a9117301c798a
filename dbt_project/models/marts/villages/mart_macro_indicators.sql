with
regency as (
    select distinct
        regency_code,
        regency_name,
        regency_code_bps,
        province_code
    from {{ ref('regions') }}
    where regency_code = '{{ var("regency") }}'
),

unioned as (
    select
        delivered.region_level,
        delivered.located_code as region_code,
        delivered.region_name,
        delivered.indicator_code,
        delivered.indicator_name as indicator_label,
        delivered.figure,
        delivered.unit_label,
        delivered.as_of,
        delivered.is_as_of_exact,
        'DELIVERED' as origin,
        'BPS' as confidence,
        delivered.source_text as source,
        delivered.record_id as natural_key
    from {{ ref('int_macro_figures_located') }} as delivered
    union all
    select
        case
            when length(baselines.region_code) = 2 then 'PROVINCE' else 'REGENCY'
        end,
        baselines.region_code,
        baselines.region_name,
        baselines.indicator_code,
        null,
        baselines.figure,
        null,
        baselines.as_of,
        baselines.is_as_of_exact,
        'BASELINE',
        baselines.confidence,
        baselines.source,
        concat_ws(
            '|', baselines.indicator_code, baselines.as_of, baselines.source
        )
    from {{ ref('macro_indicator_baselines') }} as baselines
    inner join regency
        on baselines.region_code in (regency.regency_code, regency.province_code)
),

-- What BPS delivered goes before what the news reported for the same day.
known as (
    select
        unioned.*,
        row_number() over (
            partition by region_level, region_code, indicator_code
            order by as_of desc nulls last, origin desc, natural_key asc
        ) as recency
    from unioned
    where coalesce(as_of, '-infinity'::date) <= {{ cut_off_date() }}
)

select
    {{ surrogate_key(['known.origin', 'known.region_code', 'known.natural_key']) }}
        as row_id,
    {{ release_columns() }},
    known.region_level,
    known.region_code,
    known.region_name,
    known.indicator_code,
    coalesce(names.name_id, known.indicator_label) as indicator_name_id,
    coalesce(names.name_en, known.indicator_label) as indicator_name_en,
    names.aspect,
    known.figure,
    coalesce(names.unit_id, known.unit_label) as unit_label,
    names.is_lower_better,
    known.as_of,
    known.is_as_of_exact,
    known.origin,
    known.confidence,
    known.source,
    known.recency = 1 and known.indicator_code <> 'OTHER' as is_newest
from known
left join {{ ref('macro_indicator_names') }} as names
    on known.indicator_code = names.indicator_code
