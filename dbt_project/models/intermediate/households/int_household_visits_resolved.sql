{{ config(materialized='view') }}

with
roles as (
    select *
    from {{ ref('field_roles') }} as listed
    where {{ is_in_force('listed') }}
),

records as (
    select * from {{ ref('int_person_records_linked') }}
),

unified_decisions as (
    select * from {{ ref('stg_verval__decisions') }}
)

-- The layout tells the role, or in the one layout of all roles the row itself.
select
    roles.officer_role,
    records.household_id,
    min(records.village_code) as village_code
from records
left join unified_decisions
    on records.record_id = unified_decisions.record_id
inner join roles
    on records.entity = roles.entity
        or {{ field_role('unified_decisions.officer_role') }} = roles.officer_role
where records.feed = 'verval'
group by roles.officer_role, records.household_id
