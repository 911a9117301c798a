with
reports as (
    select * from {{ ref('stg_apbd__realisations') }}
),

-- A report says what was spent since January; the month it is about is its own.
summed as (
    select
        {{ budget_year('reports') }} as budget_year,
        reports.opd_code,
        reports.sub_activity_code,
        reports.report_month as month,
        max(reports.sub_activity_name) as sub_activity_name,
        sum(reports.ceiling_idr) as ceiling_idr,
        sum(reports.planned_idr) as planned_to_month_idr,
        sum(reports.realised_idr) as realised_to_month_idr,
        max(reports.physical_progress_pct) as physical_progress_pct,
        string_agg(
            distinct reports.problem_text, '; ' order by reports.problem_text
        ) as problem_text
    from reports
    where reports.report_month is not null
    group by
        {{ budget_year('reports') }},
        reports.opd_code,
        reports.sub_activity_code,
        reports.report_month
)

-- What a month adds to the report before it, so that months add up to the total.
select
    summed.*,
    realised_to_month_idr - coalesce(
        lag(realised_to_month_idr) over (
            partition by budget_year, opd_code, sub_activity_code
            order by month
        ),
        0
    ) as realised_idr
from summed
