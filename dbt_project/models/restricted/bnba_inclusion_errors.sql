{{ config(indexes=[{'columns': ['regency_code', 'kecamatan_code']}]) }}

with
households as (
    select *
    from {{ ref('mart_households') }}
    where is_inclusion_error
),

contacts as (
    select * from {{ ref('int_household_contacts_resolved') }}
),

regions as (
    select * from {{ ref('dim_regions') }}
)

select
    {{ surrogate_key(['households.household_id']) }} as row_id,
    {{ release_columns() }},
    households.household_id,
    -- Without a known village a family stands under the regency's own code.
    coalesce(households.kecamatan_code, '{{ var("regency") }}')
        as kecamatan_code,
    regions.kecamatan_name,
    households.desa_code,
    regions.desa_name,
    contacts.name as head_name,
    contacts.nik as head_nik,
    contacts.address,
    households.members,
    households.desil,
    households.desil_source,
    households.programmes_received,
    households.inclusion_error_reasons,
    households.verification_status
from households
left join contacts
    on households.household_id = contacts.household_id
left join regions
    on households.desa_code = regions.region_code
