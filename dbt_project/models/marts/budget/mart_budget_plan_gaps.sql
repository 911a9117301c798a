with
lines as (
    select *
    from {{ ref('int_budget_lines_summed') }}
    where budget_year = {{ run_year() }}
),

interventions as (
    select *
    from {{ ref('int_interventions_unioned') }}
    where feed = 'opd'
        and status != 'CANCELLED'
),

budgeted as (
    select
        opd_code,
        sub_activity_code,
        max(sub_activity_name) as sub_activity_name,
        max(indicator_code) as indicator_code,
        sum(current_ceiling_idr) as ceiling_idr
    from lines
    group by opd_code, sub_activity_code
),

listed as (
    select
        coalesce(opd_code, 'UNKNOWN') as opd_code,
        coalesce(sub_activity_code, 'UNKNOWN') as sub_activity_code,
        count(*)::integer as list_rows,
        count(*) filter (where is_delivered)::integer as delivered_rows,
        coalesce(sum(amount_idr), 0) as listed_idr
    from interventions
    group by
        coalesce(opd_code, 'UNKNOWN'), coalesce(sub_activity_code, 'UNKNOWN')
),

compared as (
    select
        coalesce(budgeted.opd_code, listed.opd_code) as opd_code,
        coalesce(budgeted.sub_activity_code, listed.sub_activity_code)
            as sub_activity_code,
        budgeted.sub_activity_name,
        budgeted.indicator_code,
        budgeted.ceiling_idr,
        coalesce(listed.list_rows, 0) as list_rows,
        coalesce(listed.delivered_rows, 0) as delivered_rows,
        coalesce(listed.listed_idr, 0) as listed_idr,
        budgeted.opd_code is not null as has_budget_line
    from budgeted
    full outer join listed
        on budgeted.opd_code = listed.opd_code
            and budgeted.sub_activity_code = listed.sub_activity_code
)

-- R54. A sub-activity without a poverty label owes nobody a list.
select
    {{ surrogate_key(['opd_code', 'sub_activity_code']) }} as row_id,
    {{ release_columns() }},
    {{ run_year() }} as budget_year,
    opd_code,
    sub_activity_code as sub_kegiatan_code,
    sub_activity_name as sub_kegiatan_name,
    indicator_code,
    ceiling_idr,
    list_rows,
    delivered_rows,
    listed_idr,
    case
        when not has_budget_line then 'PLAN_WITHOUT_BUDGET'
        when list_rows = 0 then 'BUDGET_WITHOUT_PLAN'
        else 'MATCHED'
    end as plan_status
from compared
where list_rows > 0
    or indicator_code is not null
