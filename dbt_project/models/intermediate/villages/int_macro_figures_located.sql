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
            -- A table of one regency has no codes, and lies in that regency's folder.
            when delivered.region_code is null
                and coalesce(upper(delivered.region_name), upper(regency.regency_name))
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
)

select
    record_id,
    region_level,
    case region_level
        when 'REGENCY' then own_code
        when 'PROVINCE' then province_code
        else region_code
    end as located_code,
    region_name,
    coalesce(indicator_code, 'OTHER') as indicator_code,
    indicator_name,
    figure,
    unit_label,
    source_text,
    as_of is not null as is_as_of_exact,
    -- A survey of a month stands for its last day, of a year for the year's.
    coalesce(
        as_of,
        (
            make_date(figure_year, coalesce(figure_month, 12), 1)
            + interval '1 month' - interval '1 day'
        )::date
    ) as as_of
from named
where match_rank = 1
