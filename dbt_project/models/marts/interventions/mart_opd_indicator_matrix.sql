with
lines as (
    select *
    from {{ ref('int_budget_lines_summed') }} as budgeted
    where budgeted.budget_year = {{ run_year() }}
),

realisations as (
    select *
    from {{ ref('int_budget_realisations_summed') }} as reported
    where reported.budget_year = {{ run_year() }}
        and reported.month <= {{ run_month() }}
),

interventions as (
    select * from {{ ref('int_interventions_unioned') }}
),

listed_offices as (
    select *
    from {{ ref('offices') }} as listed
    where {{ is_in_force('listed') }}
),

indicators as (
    select *
    from {{ ref('indicators') }} as named
    where {{ is_in_force('named') }}
),

-- A report says what was spent since January: the last one speaks.
spent as (
    select
        opd_code,
        sub_activity_code,
        max(realised_to_month_idr) as realised_idr
    from (
        select
            opd_code,
            sub_activity_code,
            realised_to_month_idr,
            month = max(month) over (
                partition by opd_code, sub_activity_code
            ) as is_last
        from realisations
    ) as reports
    where is_last
    group by opd_code, sub_activity_code
),

-- One row a sub-activity: several sources pay it, one report tells of it.
sub_activities as (
    select
        lines.opd_code,
        lines.sub_activity_code,
        max(lines.opd_name) as opd_name,
        max(indicators.indicator_code) as indicator_code,
        sum(lines.original_ceiling_idr) as original_idr,
        sum(lines.current_ceiling_idr) as current_idr
    from lines
    left join indicators
        on lines.indicator_code = indicators.indicator_code
    group by lines.opd_code, lines.sub_activity_code
),

budgeted as (
    select
        sub_activities.opd_code,
        coalesce(sub_activities.indicator_code, 'NONE') as indicator,
        count(*)::integer as sub_activities,
        string_agg(
            sub_activities.sub_activity_code, ','
            order by sub_activities.sub_activity_code
        ) as sub_activity_codes,
        coalesce(sum(sub_activities.original_idr), 0) as original_idr,
        coalesce(sum(sub_activities.current_idr), 0) as current_idr,
        coalesce(sum(spent.realised_idr), 0) as realised_idr
    from sub_activities
    left join spent
        on sub_activities.opd_code = spent.opd_code
            and sub_activities.sub_activity_code = spent.sub_activity_code
    group by
        sub_activities.opd_code,
        coalesce(sub_activities.indicator_code, 'NONE')
),

delivered as (
    select
        opd_code,
        coalesce(indicator_code, 'NONE') as indicator,
        count(*)::integer as deliveries,
        coalesce(sum(amount_idr), 0) as delivered_idr
    from interventions
    where is_delivered and opd_code is not null
    group by opd_code, coalesce(indicator_code, 'NONE')
),

offices as (
    select opd_code
    from listed_offices
    union
    select opd_code
    from sub_activities
    union
    select opd_code
    from delivered
),

budget_landed as (
    select count(*) > 0 as is_landed
    from sub_activities
),

-- Whether the office pays for anything against poverty at all (R3); without a
-- budget file nobody can say.
programmed as (
    select
        offices.opd_code,
        coalesce(
            max(listed_offices.name_id), max(sub_activities.opd_name)
        ) as opd_name,
        max(listed_offices.short_name) as opd_short_name,
        case
            when bool_and(budget_landed.is_landed)
                then count(sub_activities.indicator_code) = 0
        end as is_opd_without_program
    from offices
    cross join budget_landed
    left join listed_offices
        on offices.opd_code = listed_offices.opd_code
    left join sub_activities
        on offices.opd_code = sub_activities.opd_code
    group by offices.opd_code
),

columns_asked as (
    select indicator_code as indicator
    from indicators
    union all
    select 'NONE'
)

select
    {{ surrogate_key(['programmed.opd_code', 'columns_asked.indicator']) }}
        as row_id,
    {{ release_columns() }},
    programmed.opd_code,
    programmed.opd_short_name,
    programmed.opd_name,
    columns_asked.indicator,
    coalesce(budgeted.sub_activities, 0) as sub_activities,
    budgeted.sub_activity_codes,
    coalesce(budgeted.original_idr, 0) as original_idr,
    coalesce(budgeted.current_idr, 0) as current_idr,
    coalesce(budgeted.realised_idr, 0) as realised_idr,
    coalesce(delivered.deliveries, 0) as deliveries,
    coalesce(delivered.delivered_idr, 0) as delivered_idr,
    programmed.is_opd_without_program,
    case
        when columns_asked.indicator = 'NONE' and budgeted.sub_activities > 0
            then 'SUB_ACTIVITY_WITHOUT_INDICATOR'
        when columns_asked.indicator = 'NONE' and programmed.is_opd_without_program
            then 'OPD_WITHOUT_PROGRAM'
        when delivered.deliveries > 0 and budgeted.sub_activities is null
            then 'DELIVERED_WITHOUT_BUDGET'
    end as finding_code
from programmed
cross join columns_asked
left join budgeted
    on programmed.opd_code = budgeted.opd_code
        and columns_asked.indicator = budgeted.indicator
left join delivered
    on programmed.opd_code = delivered.opd_code
        and columns_asked.indicator = delivered.indicator
