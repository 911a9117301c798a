{#- The published table exists from the first publication on; until then no earlier
    report is known. -#}
{%- set published = published_relation('mart_budget_schedule') -%}

with
releases as (
    select * from {{ source('audit', 'releases') }}
),

earlier_releases as (
    select release_id
    from releases
    where regency_code = '{{ var("regency") }}'
        and period < '{{ var("period") }}'
        and status in ('published', 'superseded')
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
-- A month shown by several releases counts with the most it was said to have cost.
reported as (
    select
        schedules.budget_year,
        schedules.opd_code,
        schedules.sub_kegiatan_code as sub_activity_code,
        schedules.month,
        max(schedules.realised_idr) as realised_to_month_idr
    from schedules
    inner join earlier_releases
        on schedules.release_id = earlier_releases.release_id
    where schedules.realised_idr is not null
    group by
        schedules.budget_year, schedules.opd_code,
        schedules.sub_kegiatan_code, schedules.month
)

select * from reported
