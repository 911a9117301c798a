{{ config(indexes=[{'columns': ['regency_code', 'kecamatan_code']}]) }}

with
households as (
    select *
    from {{ ref('mart_households') }}
    where is_exclusion_error
)

select
    {{ home_columns() }},
    households.members,
    households.desil,
    households.desil_source,
    households.deprivation_count,
    households.age_pathway,
    households.months_excluded,
    households.verification_status
from {{ homes() }}
