{{ config(materialized='view') }}

with
p3ke_families as (
    select * from {{ ref('stg_p3ke__families') }}
),

p3ke_individuals as (
    select * from {{ ref('stg_p3ke__individuals') }}
),

dtks_individuals as (
    select * from {{ ref('stg_dtks__individuals') }}
),

pkh_components as (
    select * from {{ ref('stg_pkh__components') }}
),

pkh_payments as (
    select * from {{ ref('stg_pkh__payments') }}
),

dtsen_individuals as (
    select * from {{ ref('stg_dtsen__individuals') }}
),

component_labels as (
    select * from {{ ref('pkh_component_labels') }}
),

payment_statuses as (
    select * from {{ ref('payment_statuses') }}
),

-- What each record says about its person, beyond who the person is.
unioned as (
    select
        record_id,
        job_label,
        stunting_risk_code,
        false as is_marked_dead,
        false as is_marked_disabled,
        false as is_marked_pregnant,
        false as is_bpnt_recipient,
        false as is_pbi_recipient
    from p3ke_families
    union all
    select
        record_id,
        job_label,
        stunting_risk_code,
        false,
        false,
        false,
        false,
        false
    from p3ke_individuals
    union all
    select
        record_id,
        job_label,
        null::text,
        is_marked_dead,
        is_marked_disabled,
        false,
        coalesce(is_bpnt_recipient, false),
        coalesce(is_pbi_recipient, false)
    from dtks_individuals
    union all
    -- "Asesmen meninggal" is a death somebody still looks into: not dead yet.
    select
        record_id,
        job_label,
        null::text,
        false,
        false,
        false,
        false,
        false
    from dtsen_individuals
    union all
    select
        pkh_components.record_id,
        null::text,
        null::text,
        false,
        coalesce(component_labels.component_code = 'DISAB', false),
        coalesce(component_labels.component_code = 'BUMIL', false),
        false,
        false
    from pkh_components
    left join component_labels
        on pkh_components.component_label = component_labels.component_label
    union all
    select
        pkh_payments.record_id,
        null::text,
        null::text,
        coalesce(payment_statuses.means_dead, false),
        false,
        false,
        false,
        false
    from pkh_payments
    left join payment_statuses
        on pkh_payments.payment_status = payment_statuses.payment_status
)

select * from unioned
