with
interventions as (
    select *
    from {{ ref('int_interventions_unioned') }}
    where funder_type in ('CSR', 'BAZNAS', 'MITRA')
        and feed != 'opd'
),

tjsp_deliveries as (
    select * from {{ ref('stg_tjsp__deliveries') }}
),

commitments as (
    select * from {{ ref('stg_tjsp__commitments') }}
),

-- The promise a delivery keeps: the agreement it names, else the company's own for
-- that programme in that village. One delivery keeps one promise.
matched as (
    select distinct on (interventions.intervention_id)
        interventions.intervention_id,
        interventions.household_id,
        interventions.feed,
        interventions.partner_name,
        interventions.programme_code,
        interventions.programme_label,
        interventions.funder_type,
        interventions.indicator_code,
        interventions.village_code,
        interventions.units,
        interventions.amount_idr,
        interventions.delivered_on,
        interventions.is_delivered,
        interventions.status,
        commitments.record_id as commitment_id
    from interventions
    left join tjsp_deliveries
        on interventions.record_id = tjsp_deliveries.record_id
    left join commitments
        on upper(tjsp_deliveries.company_name) = upper(commitments.company_name)
            and tjsp_deliveries.programme_label = commitments.programme_label
            and (
                tjsp_deliveries.agreement_number = commitments.agreement_number
                or (
                    num_nulls(
                        tjsp_deliveries.agreement_number,
                        commitments.agreement_number
                    ) > 0
                    and tjsp_deliveries.village_code = commitments.village_code
                )
            )
    order by
        interventions.intervention_id asc,
        coalesce(
            tjsp_deliveries.agreement_number = commitments.agreement_number,
            false
        ) desc,
        coalesce(
            tjsp_deliveries.village_code = commitments.village_code, false
        ) desc,
        commitments.record_id asc
)

select * from matched
