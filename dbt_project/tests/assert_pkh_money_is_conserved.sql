-- Rupiah paid: in the file = in the payment mart = over all households.
with
delivered as (
    select coalesce(sum(amount_idr) filter (where is_paid), 0) as paid_idr
    from {{ ref('int_pkh_payments_assessed') }}
),

by_village as (
    select coalesce(sum(paid_idr), 0) as paid_idr
    from {{ ref('mart_pkh_payments') }}
),

by_household as (
    select coalesce(sum(pkh_paid_idr), 0) as paid_idr
    from {{ ref('mart_households') }}
)

select
    delivered.paid_idr as delivered_idr,
    by_village.paid_idr as by_village_idr,
    by_household.paid_idr as by_household_idr
from delivered
cross join by_village
cross join by_household
where delivered.paid_idr != by_village.paid_idr
    or delivered.paid_idr != by_household.paid_idr
