-- Rupiah of villages and partners: in the files = in the marts.
with
amounts as (
    select
        'villages' as whose,
        (
            select
                coalesce(
                    sum(coalesce(revised_budget_idr, original_budget_idr)), 0
                )
            from {{ ref('stg_apbdes__budget_lines') }}
            where budget_year = {{ run_year() }}
        ) as delivered_idr,
        (
            select coalesce(sum(budget_idr), 0)
            from {{ ref('mart_village_budgets') }}
        ) as published_idr
    union all
    select
        'promises',
        (
            select coalesce(sum(committed_idr), 0)
            from {{ ref('stg_tjsp__commitments') }}
        ),
        (
            select coalesce(sum(committed_idr), 0)
            from {{ ref('mart_partner_commitments') }}
        )
    union all
    select
        'gifts',
        (
            select coalesce(sum(amount_idr), 0)
            from {{ ref('int_interventions_unioned') }}
            where feed in ('tjsp', 'baznas', 'tni')
                and funder_type in ('CSR', 'BAZNAS', 'MITRA')
        ),
        (
            select coalesce(sum(delivered_idr + unproven_idr), 0)
            from {{ ref('mart_partner_commitments') }}
        )
    union all
    select
        'mix',
        (
            select coalesce(sum(amount_idr), 0)
            from {{ ref('int_interventions_unioned') }}
            where is_delivered
        ),
        (
            select coalesce(sum(delivered_idr), 0)
            from {{ ref('mart_funding_mix') }}
        )
)

select * from amounts
where delivered_idr != published_idr
