{{ config(indexes=[{'columns': ['regency_code', 'offer_code']}]) }}

-- What a partner was offered. Before an agreement is signed a family is a code, a
-- village and a need; name and address come with the agreement (UU 27/2022).
with
offers as (
    select
        household_id,
        kecamatan_code,
        desa_code,
        offer_code,
        offered_indicator_code,
        offer_status,
        priority_rank,
        offer_status in ('ACCEPTED', 'DELIVERED') as is_agreed
    from {{ ref('mart_residual_households') }}
    where offer_status in ('OFFERED', 'ACCEPTED', 'DELIVERED')
        and offer_code is not null
),

contacts as (
    select * from {{ ref('int_household_contacts_resolved') }}
),

regions as (
    select * from {{ ref('dim_regions') }}
)

select
    {{ surrogate_key(['offers.household_id']) }} as row_id,
    {{ release_columns() }},
    offers.household_id,
    offers.offer_code,
    offers.offered_indicator_code,
    offers.offer_status,
    offers.priority_rank,
    offers.kecamatan_code,
    regions.kecamatan_name,
    offers.desa_code,
    regions.desa_name,
    case when offers.is_agreed then contacts.name end as head_name,
    case when offers.is_agreed then contacts.address end as address
from offers
left join contacts
    on offers.household_id = contacts.household_id
left join regions
    on offers.desa_code = regions.region_code
