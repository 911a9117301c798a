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

published_households as (
    select
        {{- published_columns(published, {
            'release_id': 'text',
            'household_id': 'text',
            'kecamatan_code': 'text',
            'desa_code': 'text',
            'desil': 'integer',
            'months_excluded': 'integer',
            'verification_status': 'text',
            'verification_decision': 'text',
            'verified_on': 'date',
            'verified_by': 'text',
            'verification_minutes': 'text',
        }) }}
    {{ 'from ' ~ published if published else 'where false' }}
),

previous_households as (
    select
        published_households.*,
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
