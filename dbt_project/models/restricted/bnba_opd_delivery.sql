{{ config(indexes=[{'columns': ['regency_code', 'opd_code']}]) }}

-- R41: what each office is asked to deliver, to whom, at which door; and nothing
-- else of the family, least of all its health.
with
recommended as (
    select * from {{ ref('mart_recommended_interventions') }}
    where not is_helped_already
),

offices as (
    select *
    from {{ ref('offices') }} as listed
    where listed.gets_delivery_list and {{ is_in_force('listed') }}
),

contacts as (
    select * from {{ ref('int_household_contacts_resolved') }}
),

people as (
    select * from {{ ref('int_person_contacts_resolved') }}
),

regions as (
    select * from {{ ref('dim_regions') }}
)

select
    {{ surrogate_key([
        'recommended.household_id', 'recommended.person_id',
        'recommended.programme_code', 'recommended.opd_code'
    ]) }} as row_id,
    {{ release_columns() }},
    recommended.opd_code,
    offices.short_name as opd_short_name,
    recommended.programme_code,
    recommended.strategy,
    recommended.household_id,
    recommended.person_id,
    recommended.kecamatan_code,
    regions.kecamatan_name,
    recommended.desa_code,
    regions.desa_name,
    -- Help for a person names the person, help for a household its head.
    case
        when recommended.person_id is null then contacts.name else people.name
    end as recipient_name,
    case
        when recommended.person_id is null then contacts.nik else people.nik
    end as recipient_nik,
    contacts.address
from recommended
inner join offices
    on recommended.opd_code = offices.opd_code
left join contacts
    on recommended.household_id = contacts.household_id
left join people
    on recommended.person_id = people.person_id
left join regions
    on recommended.desa_code = regions.region_code
