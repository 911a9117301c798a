{{ config(indexes=[{'columns': ['regency_code', 'kecamatan_code']}]) }}

with
households as (
    select *
    from {{ ref('mart_households') }}
    where is_inclusion_error
)

select
    {{ home_columns() }},
    households.members,
    households.desil,
    households.desil_source,
    households.programmes_received,
    households.inclusion_error_reasons,
    households.verification_status
from {{ homes() }}
