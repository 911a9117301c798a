-- Rupiah of the regency's budget: in the files = in the fact. Spending is reported
-- as a total since January, of which the largest a sub-activity reached counts.
with
delivered as (
    select
        coalesce(sum(original_ceiling_idr), 0) as original_idr,
        coalesce(sum(coalesce(revised_ceiling_idr, original_ceiling_idr)), 0)
            as current_idr,
        coalesce(sum({{ yearly_plan() }}), 0) as planned_idr
    from {{ ref('stg_apbd__budget_lines') }}
),

reports_ranked as (
    select
        reports.realised_idr,
        rank() over (
            partition by
                reports.opd_code, reports.sub_activity_code,
                {{ budget_year('reports') }}
            order by reports.report_month desc
        ) as recency
    from {{ ref('stg_apbd__realisations') }} as reports
    where reports.report_month is not null
),

spent as (
    select coalesce(sum(realised_idr), 0) as realised_idr
    from reports_ranked
    where recency = 1
),

published as (
    select
        coalesce(sum(ceiling_idr) filter (where is_current_phase), 0)
            as current_idr,
        coalesce(
            sum(ceiling_idr) filter (where phase = 'MURNI'), 0
        ) as original_idr,
        coalesce(sum(planned_idr), 0) as planned_idr,
        coalesce(sum(realised_idr), 0) as realised_idr
    from {{ ref('fct_budget_lines') }}
)

select
    delivered.current_idr - published.current_idr as current_difference_idr,
    delivered.original_idr - published.original_idr as original_difference_idr,
    delivered.planned_idr - published.planned_idr as planned_difference_idr,
    spent.realised_idr - published.realised_idr as realised_difference_idr
from delivered
cross join spent
cross join published
where delivered.current_idr != published.current_idr
    or delivered.original_idr != published.original_idr
    or delivered.planned_idr != published.planned_idr
    or spent.realised_idr != published.realised_idr
