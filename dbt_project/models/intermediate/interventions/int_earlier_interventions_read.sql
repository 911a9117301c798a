{#- Help of the same budget year that readers were already told of. The published
    table exists from the first publication on. A flag says what is so this
    month; last month's says nothing. -#}
{%- set published = published_relation('fct_interventions') -%}
{{ config(materialized='view') }}

with
releases as (
    select * from {{ source('audit', 'releases') }}
),

seen as (
    select
        release_id,
        period,
        revision
    from releases
    where regency_code = '{{ var("regency") }}'
        and period < '{{ var("period") }}'
        and left(period, 4) = left('{{ var("period") }}', 4)
        and status in ('published', 'superseded')
),

last_revisions as (
    select
        period,
        max(revision) as revision
    from seen
    group by period
),

-- The last release of each earlier month of the year that readers have seen.
earlier_releases as (
    select seen.release_id
    from seen
    inner join last_revisions
        on seen.period = last_revisions.period
            and seen.revision = last_revisions.revision
)

{% if published -%}
select distinct
    told.household_id,
    told.programme_code,
    told.indicator as indicator_code,
    coalesce(told.partner_name, told.funder_type) as funder
from {{ published }} as told
inner join earlier_releases
    on told.release_id = earlier_releases.release_id
where told.is_delivered
    and told.evidence_kind != 'FLAG'
    and told.household_id is not null

{% else -%}
select
    null::text as household_id,
    null::text as programme_code,
    null::text as indicator_code,
    null::text as funder
from earlier_releases
where false
{% endif -%}
