{#- The published table exists from the first publication on; until then there
    is no earlier month to compare with. -#}
{%- set published = published_relation('mart_households') -%}

with
releases as (
    select * from {{ source('audit', 'releases') }}
),

-- The last release of the latest earlier month that readers have seen.
previous_releases as (
    select
        release_id,
        period
    from releases
    where regency_code = '{{ var("regency") }}'
        and period < '{{ var("period") }}'
        and status in ('published', 'superseded')
    order by period desc, revision desc
    limit 1
),

{% if published -%}
published_households as (
    select * from {{ published }}
),

{% else -%}
published_households as (
    select
        null::text as release_id,
        null::text as household_id,
        null::text as kecamatan_code,
        null::text as desa_code,
        null::integer as desil,
        null::integer as months_excluded
    where false
),

{% endif -%}
previous_households as (
    select
        published_households.household_id,
        published_households.kecamatan_code,
        published_households.desa_code,
        published_households.desil,
        published_households.months_excluded,
        previous_releases.release_id as previous_release_id,
        previous_releases.period as previous_period,
        previous_releases.period = to_char(
            {{ cut_off_date() }} - interval '1 month', 'YYYY-MM'
        ) as is_last_month
    from published_households
    inner join previous_releases
        on published_households.release_id = previous_releases.release_id
)

select * from previous_households
