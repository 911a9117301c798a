{{ config(materialized='view') }}

with
interventions as (
    select * from {{ ref('int_interventions_unioned') }}
)

-- Received is what was delivered, by whomever: a promise or a pledge is none.
select
    household_id,
    programme_code,
    count(*)::integer as deliveries,
    sum(amount_idr) as amount_idr
from interventions
where is_delivered and household_id is not null
group by household_id, programme_code
