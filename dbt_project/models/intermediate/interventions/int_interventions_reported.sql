{{ config(materialized='view') }}

with
opd_deliveries as (
    select * from {{ ref('stg_opd__deliveries') }}
),

blt_dd_recipients as (
    select * from {{ ref('stg_blt_dd__recipients') }}
),

tjsp_deliveries as (
    select * from {{ ref('stg_tjsp__deliveries') }}
),

baznas_distributions as (
    select * from {{ ref('stg_baznas__distributions') }}
),

tni_housing_units as (
    select * from {{ ref('stg_tni__housing_units') }}
),

pkh_payments as (
    select * from {{ ref('stg_pkh__payments') }}
),

pkh_assessed as (
    select * from {{ ref('int_pkh_payments_assessed') }}
),

dtks_individuals as (
    select * from {{ ref('stg_dtks__individuals') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

-- The public purse is believed when it says "given"; a partner shows evidence: the
-- number of a handover record, for BAZNAS, whose form has none, the day and the way.
unioned as (
    select
        opd_deliveries.record_id,
        'opd' as feed,
        'deliveries' as entity,
        coalesce(
            programmes.programme_code,
            {{ programme_of_label("'opd'", "opd_deliveries.programme_code") }},
            {{ programme_of_label("'opd'", "opd_deliveries.aid_label") }}
        ) as programme_code,
        coalesce(opd_deliveries.programme_code, opd_deliveries.aid_label)
            as programme_label,
        opd_deliveries.office_code,
        opd_deliveries.opd_code,
        opd_deliveries.sub_activity_code,
        null::text as partner_name,
        opd_deliveries.funding_source as funding_label,
        opd_deliveries.amount_idr,
        coalesce(opd_deliveries.units, 1) as units,
        opd_deliveries.age_recorded,
        null::text as target_category,
        opd_deliveries.delivered_date as delivered_on,
        {{ delivery_status('opd_deliveries.status_label') }} as status,
        coalesce(opd_deliveries.physical_progress_pct, 100) >= 100
            as is_completed,
        'LIST' as evidence_kind,
        opd_deliveries.evidence_number,
        opd_deliveries.village_code,
        opd_deliveries.delivery_id,
        opd_deliveries.delivered_period
    from opd_deliveries
    left join programmes
        on opd_deliveries.programme_code = programmes.programme_code
    union all
    select
        record_id,
        'blt_dd',
        'recipients',
        'BLT_DD',
        'BLT_DD',
        null,
        null,
        null,
        null,
        null,
        amount_idr,
        1,
        null,
        criterion_label,
        received_date,
        case when received_date is null then 'PLANNED' else 'DELIVERED' end,
        received_date is not null,
        'LIST',
        regulation_number,
        village_code,
        delivery_id,
        delivered_period
    from blt_dd_recipients
    union all
    select
        record_id,
        'tjsp',
        'deliveries',
        {{ programme_of_label("'tjsp'", "programme_label") }},
        programme_label,
        null,
        null,
        null,
        company_name,
        null,
        amount_idr,
        1,
        null,
        null,
        delivered_date,
        case
            when {{ is_remarked('evidence_number') }} then 'DELIVERED'
            else 'PLEDGED'
        end,
        {{ is_remarked('evidence_number') }},
        'HANDOVER',
        evidence_number,
        village_code,
        delivery_id,
        delivered_period
    from tjsp_deliveries
    union all
    select
        record_id,
        'baznas',
        'distributions',
        {{ programme_of_label("'baznas'", "programme_label") }},
        programme_label,
        null,
        null,
        null,
        'BAZNAS',
        null,
        amount_idr,
        1,
        null,
        null,
        delivered_date,
        case
            when num_nulls(delivered_date, method_label) = 0 then 'DELIVERED'
            else 'PLEDGED'
        end,
        num_nulls(delivered_date, method_label) = 0,
        'LIST',
        null,
        village_code,
        delivery_id,
        delivered_period
    from baznas_distributions
    union all
    select
        record_id,
        'tni',
        'housing_units',
        'TNI_RUMAH',
        'TNI_RUMAH',
        null,
        null,
        null,
        coalesce(unit_label, 'TNI'),
        funding_source,
        amount_idr,
        1,
        null,
        null,
        finished_date,
        case
            when commitment_status = 'cancelled' then 'CANCELLED'
            when
                commitment_status in ('in_progress', 'delivered')
                and {{ is_remarked('evidence_number') }}
                then 'DELIVERED'
            else 'PLEDGED'
        end,
        coalesce(commitment_status = 'delivered', false),
        'HANDOVER',
        evidence_number,
        village_code,
        delivery_id,
        delivered_period
    from tni_housing_units
    union all
    select
        pkh_payments.record_id,
        'pkh',
        'payments',
        'PKH',
        'PKH',
        null,
        null,
        null,
        null,
        null,
        pkh_payments.amount_idr,
        1,
        null,
        null,
        pkh_payments.paid_date,
        case
            when pkh_assessed.is_paid then 'DELIVERED'
            when
                pkh_assessed.payment_class in ('in_process', 'candidate', 'unknown')
                then 'PLANNED'
            else 'CANCELLED'
        end,
        pkh_assessed.is_paid,
        'PAYMENT',
        pkh_payments.payment_order_number,
        pkh_payments.village_code,
        pkh_payments.delivery_id,
        pkh_payments.delivered_period
    from pkh_payments
    inner join pkh_assessed
        on pkh_payments.record_id = pkh_assessed.record_id
    union all
    -- What the current list flags; it says neither when nor how much.
    select
        dtks_individuals.record_id,
        'dtks',
        'individuals',
        flags.programme_code,
        flags.flag_label,
        null,
        null,
        null,
        null,
        null,
        null,
        1,
        null,
        null,
        null,
        'DELIVERED',
        true,
        'FLAG',
        null,
        dtks_individuals.village_code,
        dtks_individuals.delivery_id,
        dtks_individuals.delivered_period
    from dtks_individuals
    cross join
        lateral (
            values
            ('SEMBAKO', 'BANSOS BPNT', dtks_individuals.is_bpnt_recipient),
            ('PBI', 'PBI JKN', dtks_individuals.is_pbi_recipient)
        ) as flags (programme_code, flag_label, is_flagged)
    where flags.is_flagged
)

select * from unioned
