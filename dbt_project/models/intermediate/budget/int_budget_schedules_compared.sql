with
lines as (
    select * from {{ ref('int_budget_lines_summed') }}
),

plans as (
    select * from {{ ref('int_budget_plans_unpivoted') }}
),

realisations as (
    select * from {{ ref('int_budget_realisations_summed') }}
),

previous_realisations as (
    select * from {{ ref('int_previous_realisations_read') }}
),

-- Spending is reported by sub-activity, whatever its sources.
sub_activities as (
    select
        budget_year,
        opd_code,
        sub_activity_code,
        max(sub_activity_name) as sub_activity_name,
        min(window_from_month) as window_from_month,
        max(window_to_month) as window_to_month,
        sum(current_ceiling_idr) as ceiling_idr
    from lines
    group by budget_year, opd_code, sub_activity_code
),

-- Every month somebody reports on, and this month where nobody does.
months_asked as (
    select
        budget_year,
        opd_code,
        sub_activity_code,
        month
    from realisations
    union all
    select
        sub_activities.budget_year,
        sub_activities.opd_code,
        sub_activities.sub_activity_code,
        {{ run_month() }} as month
    from sub_activities
    left join realisations
        on sub_activities.budget_year = realisations.budget_year
            and sub_activities.opd_code = realisations.opd_code
            and sub_activities.sub_activity_code
            = realisations.sub_activity_code
    where sub_activities.budget_year = {{ run_year() }}
        and realisations.month is null
),

planned as (
    select
        months_asked.budget_year,
        months_asked.opd_code,
        months_asked.sub_activity_code,
        months_asked.month,
        -- A sub-activity without any planned month has no schedule.
        case
            when sum(plans.planned_idr) > 0
                then
                    coalesce(
                        sum(plans.planned_idr) filter (
                            where plans.month <= months_asked.month
                        ), 0
                    )
        end as planned_to_month_idr
    from months_asked
    inner join plans
        on months_asked.budget_year = plans.budget_year
            and months_asked.opd_code = plans.opd_code
            and months_asked.sub_activity_code = plans.sub_activity_code
    group by
        months_asked.budget_year, months_asked.opd_code,
        months_asked.sub_activity_code, months_asked.month
),

reports_known as (
    select
        budget_year,
        opd_code,
        sub_activity_code,
        month,
        realised_to_month_idr
    from previous_realisations
    union all
    select
        budget_year,
        opd_code,
        sub_activity_code,
        month,
        realised_to_month_idr
    from realisations
),

-- What had been spent when the window closed, as far as anybody reported it.
spent_in_window as (
    select
        sub_activities.budget_year,
        sub_activities.opd_code,
        sub_activities.sub_activity_code,
        max(reports_known.realised_to_month_idr) as realised_idr
    from sub_activities
    inner join reports_known
        on sub_activities.budget_year = reports_known.budget_year
            and sub_activities.opd_code = reports_known.opd_code
            and sub_activities.sub_activity_code
            = reports_known.sub_activity_code
            and sub_activities.window_to_month = reports_known.month
    group by
        sub_activities.budget_year, sub_activities.opd_code,
        sub_activities.sub_activity_code
),

compared as (
    select
        months_asked.budget_year,
        months_asked.opd_code,
        months_asked.sub_activity_code,
        coalesce(
            sub_activities.sub_activity_name, realisations.sub_activity_name
        ) as sub_activity_name,
        months_asked.month,
        sub_activities.window_from_month,
        sub_activities.window_to_month,
        sub_activities.sub_activity_code is not null as has_budget_line,
        coalesce(sub_activities.ceiling_idr, realisations.ceiling_idr)
            as ceiling_idr,
        coalesce(
            planned.planned_to_month_idr, realisations.planned_to_month_idr
        ) as planned_idr,
        realisations.realised_to_month_idr as realised_idr,
        realisations.physical_progress_pct,
        realisations.problem_text,
        coalesce(
            realisations.realised_to_month_idr > 0
            and months_asked.month < sub_activities.window_from_month,
            false
        )
        or coalesce(
            realisations.realised_to_month_idr > spent_in_window.realised_idr
            and months_asked.month > sub_activities.window_to_month,
            false
        ) as is_outside_window
    from months_asked
    left join sub_activities
        on months_asked.budget_year = sub_activities.budget_year
            and months_asked.opd_code = sub_activities.opd_code
            and months_asked.sub_activity_code
            = sub_activities.sub_activity_code
    left join planned
        on months_asked.budget_year = planned.budget_year
            and months_asked.opd_code = planned.opd_code
            and months_asked.sub_activity_code = planned.sub_activity_code
            and months_asked.month = planned.month
    left join realisations
        on months_asked.budget_year = realisations.budget_year
            and months_asked.opd_code = realisations.opd_code
            and months_asked.sub_activity_code = realisations.sub_activity_code
            and months_asked.month = realisations.month
    left join spent_in_window
        on months_asked.budget_year = spent_in_window.budget_year
            and months_asked.opd_code = spent_in_window.opd_code
            and months_asked.sub_activity_code
            = spent_in_window.sub_activity_code
)

-- R9. Cash a little before or after its month is on schedule; the tolerance is
-- policy. A plan of nothing yet is overtaken by any spending.
select
    compared.*,
    {{ bounded_percentage('(realised_idr - planned_idr)', 'planned_idr') }}
        as deviation_pct,
    {{ bounded_percentage('realised_idr', 'ceiling_idr') }} as absorption_pct,
    coalesce(realised_idr > ceiling_idr, false) as is_over_ceiling,
    case
        when realised_idr is null then 'NOT_REPORTED'
        when planned_idr is null then 'NO_SCHEDULE'
        when is_outside_window then 'OUTSIDE_WINDOW'
        when realised_idr > planned_idr
            * (1 + {{ parameter('BUDGET_SCHEDULE_TOLERANCE_PCT') }} / 100.0)
            then 'EARLY'
        when realised_idr < planned_idr
            * (1 - {{ parameter('BUDGET_SCHEDULE_TOLERANCE_PCT') }} / 100.0)
            then 'LATE'
        else 'ON_SCHEDULE'
    end as flag,
    case
        when realised_idr is null or ceiling_idr is null then null
        when 100 * realised_idr
            >= {{ parameter('ABSORPTION_GREEN_FROM_PCT') }} * ceiling_idr
            then 'GREEN'
        when 100 * realised_idr
            >= {{ parameter('ABSORPTION_YELLOW_FROM_PCT') }} * ceiling_idr
            then 'YELLOW'
        else 'RED'
    end as traffic_light
from compared
