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

-- BPS numbers regencies in another way: 6403 of BPS is 64.02 of Kemendagri. A code
-- that names no system is ours only if the name beside it says so.
delivered as (
    select
        figures.*,
        translate(figures.region_code, '. ', '') as bare_code,
        coalesce(
            figures.code_system,
            case when figures.region_code like '%.%' then 'KEMENDAGRI' end
        ) as system
    from {{ ref('stg_bps__indicators') }} as figures
    where figures.figure is not null
),

located as (
    select
        delivered.*,
        case
            when length(delivered.bare_code) = 2
                and left(delivered.bare_code, 2) = regency.province_code
                then 'PROVINCE'
            when length(delivered.bare_code) = 4
                and right(delivered.bare_code, 2) = '00'
                and left(delivered.bare_code, 2) = regency.province_code
                then 'PROVINCE'
            when delivered.bare_code in ('0', '00', '0000') then 'NATION'
            when delivered.system = 'BPS'
                and delivered.bare_code = regency.regency_code_bps
                then 'REGENCY'
            when delivered.system = 'KEMENDAGRI'
                and delivered.bare_code
                = translate(regency.regency_code, '.', '')
                then 'REGENCY'
            when delivered.system is null
                and delivered.bare_code in (
                    regency.regency_code_bps,
                    translate(regency.regency_code, '.', '')
                )
                and upper(delivered.region_name)
                like '%' || upper(regency.regency_name) || '%'
                then 'REGENCY'
            else 'OTHER'
        end as region_level,
        regency.regency_code as own_code,
        regency.province_code
    from delivered
    cross join regency
),

named as (
    select
        located.*,
        names.indicator_code,
        row_number() over (
            partition by located.record_id order by names.match_order
        ) as match_rank
    from located
    left join {{ ref('macro_indicator_names') }} as names
        on upper(located.indicator_name) ~ names.name_pattern
            and names.valid_from <= {{ cut_off_date() }}
),

unioned as (
    select
        named.region_level,
        case named.region_level
            when 'REGENCY' then named.own_code
            when 'PROVINCE' then named.province_code
            else named.region_code
        end as region_code,
        named.region_name,
        coalesce(named.indicator_code, 'OTHER') as indicator_code,
        named.indicator_name as indicator_label,
        named.figure,
        named.unit_label,
        -- A survey of a month stands for its last day, of a year for the year's.
        coalesce(
            named.as_of,
            (
                make_date(named.figure_year, coalesce(named.figure_month, 12), 1)
                + interval '1 month' - interval '1 day'
            )::date
        ) as as_of,
        named.as_of is not null as is_as_of_exact,
        'DELIVERED' as origin,
        'BPS' as confidence,
        named.source_text as source,
        named.record_id as natural_key
    from named
    where named.match_rank = 1
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
