{#- History is handed on from release to release: retention may drop what is old,
    and the past stays what readers were told. -#}
{%- set published = published_relation('mart_household_history') -%}

with
previous_releases as (
    select * from {{ ref('int_previous_releases_read') }}
),

published_history as (
    select
        {{- published_columns(published, {
            'release_id': 'text',
            'household_id': 'text',
            'desa_code': 'text',
            'desil': 'integer',
            'deprivation_count': 'integer',
            'is_on_list': 'boolean',
            'left_reason': 'text',
            'valid_from': 'text',
            'valid_to': 'text',
            'first_seen': 'text',
            'last_seen': 'text',
            'months_seen': 'integer',
            'programmes_received': 'text',
            'programmes_before': 'text',
        }) }}
    {{ 'from ' ~ published if published else 'where false' }}
)

select published_history.*
from published_history
inner join previous_releases
    on published_history.release_id = previous_releases.previous_release_id
