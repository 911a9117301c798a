{#- The published table exists from the first publication on; until then nobody was
    offered to anybody. -#}
{%- set published = published_relation('mart_residual_households') -%}

with
releases as (
    select * from {{ source('audit', 'releases') }}
),

-- The last release of the latest earlier month of this year that readers have seen.
previous_releases as (
    select release_id
    from releases
    where regency_code = '{{ var("regency") }}'
        and period < '{{ var("period") }}'
        and left(period, 4) = left('{{ var("period") }}', 4)
        and status in ('published', 'superseded')
    order by period desc, revision desc
    limit 1
),

{% if published -%}
published_offers as (
    select * from {{ published }}
),

{% else -%}
published_offers as (
    select
        null::text as release_id,
        null::text as household_id,
        null::text as offered_to,
        null::text as offer_code,
        null::text as offered_indicator_code,
        null::text as offer_status
    where false
),

{% endif -%}
previous_offers as (
    select
        published_offers.household_id,
        published_offers.offered_to,
        published_offers.offer_code,
        published_offers.offered_indicator_code,
        published_offers.offer_status
    from published_offers
    inner join previous_releases
        on published_offers.release_id = previous_releases.release_id
    where published_offers.offered_to is not null
)

select * from previous_offers
