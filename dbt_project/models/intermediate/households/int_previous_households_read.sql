{#- The published table exists from the first publication on; until then there
    is no earlier month to compare with. -#}
{%- set published = published_relation('mart_households') -%}

with
previous_releases as (
    select * from {{ ref('int_previous_releases_read') }}
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
        previous_releases.previous_release_id,
        previous_releases.previous_period,
        previous_releases.is_last_month
    from published_households
    inner join previous_releases
        on published_households.release_id
            = previous_releases.previous_release_id
)

select * from previous_households
