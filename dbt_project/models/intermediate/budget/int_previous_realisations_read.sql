{#- The published table exists from the first publication on; until then no earlier
    report is known. -#}
{%- set published = published_relation('mart_budget_schedule') -%}

with
releases as (
    select * from {{ source('audit', 'releases') }}
),

-- The last release of every earlier month that readers have seen.
earlier_releases as (
    select distinct on (period)
        release_id,
        period
    from releases
    where regency_code = '{{ var("regency") }}'
        and period < '{{ var("period") }}'
        and status in ('published', 'superseded')
    order by period desc, revision desc
),

{% if published -%}
schedules as (
    select * from {{ published }}
),

{% else -%}
schedules as (
    select
        null::text as release_id,
        null::integer as budget_year,
        null::text as opd_code,
        null::text as sub_kegiatan_code,
        null::integer as month,
        null::numeric as realised_idr
    where false
),

{% endif -%}
-- A month reported twice counts as reported last.
reported as (
    select distinct on (
        schedules.budget_year, schedules.opd_code,
        schedules.sub_kegiatan_code, schedules.month
    )
        schedules.budget_year,
        schedules.opd_code,
        schedules.sub_kegiatan_code as sub_activity_code,
        schedules.month,
        schedules.realised_idr as realised_to_month_idr
    from schedules
    inner join earlier_releases
        on schedules.release_id = earlier_releases.release_id
    where schedules.realised_idr is not null
    order by
        schedules.budget_year asc,
        schedules.opd_code asc,
        schedules.sub_kegiatan_code asc,
        schedules.month asc,
        earlier_releases.period desc
)

select * from reported
