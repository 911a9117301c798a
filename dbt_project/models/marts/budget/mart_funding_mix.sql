with
partners as (
    select distinct funder_type from {{ ref('partners') }}
),

indicators as (
    select indicator_code from {{ ref('indicators') }}
),

lines as (
    select *
    from {{ ref('int_budget_lines_summed') }}
    where budget_year = {{ run_year() }}
        and indicator_code is not null
),

schedules as (
    select * from {{ ref('int_budget_schedules_compared') }}
    where budget_year = {{ run_year() }}
),

village_lines as (
    select *
    from {{ ref('int_village_budget_lines_tagged') }}
    where budget_year = {{ run_year() }}
        and is_poverty
),

commitments as (
    select * from {{ ref('int_partner_commitments_progressed') }}
    where commitment_status not in ('CANCELLED', 'UNCOMMITTED')
        and commitment_year = {{ run_year() }}
),

interventions as (
    select * from {{ ref('int_interventions_unioned') }}
    where is_delivered
),

-- The last report of each sub-activity, under the indicator of its lines.
spent as (
    select
        schedules.opd_code,
        schedules.sub_activity_code,
        max(schedules.realised_idr) as realised_idr
    from schedules
    group by schedules.opd_code, schedules.sub_activity_code
),

labelled as (
    select
        opd_code,
        sub_activity_code,
        max(indicator_code) as indicator_code,
        sum(current_ceiling_idr) as ceiling_idr
    from lines
    group by opd_code, sub_activity_code
),

amounts as (
    select
        'APBD' as funder_type,
        labelled.indicator_code,
        labelled.ceiling_idr as planned_idr,
        spent.realised_idr as spent_idr
    from labelled
    left join spent
        on labelled.opd_code = spent.opd_code
            and labelled.sub_activity_code = spent.sub_activity_code
    union all
    select
        'APBDES',
        indicator_code,
        budget_idr,
        realised_idr
    from village_lines
    union all
    select
        funder_type,
        indicator_code,
        committed_idr,
        null
    from commitments
),

planned as (
    select
        funder_type,
        indicator_code,
        sum(planned_idr) as planned_idr,
        sum(spent_idr) as spent_idr
    from amounts
    group by funder_type, indicator_code
),

delivered as (
    select
        funder_type,
        indicator_code,
        sum(amount_idr) as delivered_idr,
        count(*)::integer as deliveries,
        count(distinct household_id)::integer as households
    from interventions
    group by funder_type, indicator_code
),

-- Every funder and every indicator: that nobody pays is an answer too.
cells as (
    select
        partners.funder_type,
        indicators.indicator_code
    from partners
    cross join indicators
    union
    select
        funder_type,
        indicator_code
    from planned
    union
    select
        funder_type,
        indicator_code
    from delivered
),

joined as (
    select
        cells.funder_type,
        cells.indicator_code,
        coalesce(planned.planned_idr, 0) as planned_idr,
        planned.spent_idr,
        coalesce(delivered.delivered_idr, 0) as delivered_idr,
        coalesce(delivered.deliveries, 0) as deliveries,
        coalesce(delivered.households, 0) as households
    from cells
    left join planned
        on cells.funder_type = planned.funder_type
            and coalesce(cells.indicator_code, '')
            = coalesce(planned.indicator_code, '')
    left join delivered
        on cells.funder_type = delivered.funder_type
            and coalesce(cells.indicator_code, '')
            = coalesce(delivered.indicator_code, '')
)

select
    {{ surrogate_key(['funder_type', 'indicator_code']) }} as row_id,
    {{ release_columns() }},
    funder_type,
    indicator_code,
    planned_idr,
    {{ percentage('planned_idr', 'sum(planned_idr) over ()') }}
        as planned_share_pct,
    spent_idr,
    delivered_idr,
    {{ percentage('delivered_idr', 'sum(delivered_idr) over ()') }}
        as delivered_share_pct,
    deliveries,
    households
from joined
