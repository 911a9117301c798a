{{ config(materialized='view') }}

with
payments as (
    select * from {{ ref('int_pkh_payments_assessed') }}
),

members as (
    select * from {{ ref('int_household_members_counted') }}
),

-- PKH is what the payment file says was paid; its flags in P3KE are stale.
-- Sembako and PBI are what the current DTKS flags; they carry no amount.
unioned as (
    select
        household_id,
        'PKH' as programme_code,
        sum(amount_idr) as amount_idr
    from payments
    where is_paid and household_id is not null
    group by household_id
    union all
    select
        household_id,
        'SEMBAKO',
        null::numeric
    from members
    where is_bpnt_recipient
    union all
    select
        household_id,
        'PBI',
        null::numeric
    from members
    where is_pbi_recipient
)

select * from unioned
