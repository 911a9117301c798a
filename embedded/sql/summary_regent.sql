-- The regent's questions, answered in a line each.
with
priority as (
    select coverage.*
    from marts.mart_budget_coverage as coverage
    where coverage.release_id = %(release_id)s
        and coverage.is_current_phase
        and coverage.programme_code in (
            select residual.programme_code
            from marts.mart_residual_households as residual
            where residual.release_id = %(release_id)s
        )
),

-- The last word on each sub-activity.
schedule as (
    select distinct on (opd_code, sub_kegiatan_code) *
    from marts.mart_budget_schedule
    where release_id = %(release_id)s
        and budget_year = left(%(period)s, 4)::integer
    order by opd_code, sub_kegiatan_code, month desc
),

absorption as (
    select
        sum(ceiling_idr) as ceiling_idr,
        sum(realised_idr) as realised_idr,
        count(*) filter (where traffic_light = 'RED') as red,
        count(*) filter (where flag in ('LATE', 'EARLY', 'OUTSIDE_WINDOW', 'NO_SCHEDULE')) as off_schedule,
        count(*) filter (where is_over_ceiling) as over_ceiling,
        count(*) as lines
    from schedule
),

residual as (
    select
        count(*) as households,
        count(*) filter (where offer_status = 'FUNDED_ELSEWHERE') as funded_elsewhere,
        count(*) filter (where offer_status in ('OFFERED', 'ACCEPTED')) as offered,
        count(*) filter (where offer_status = 'DELIVERED') as delivered
    from marts.mart_residual_households
    where release_id = %(release_id)s
),

excluded as (
    select count(*) as households
    from marts.mart_households
    where release_id = %(release_id)s and is_exclusion_error
),

villages as (
    select
        count(*) filter (where has_budget) as with_budget,
        count(*) filter (where is_expected) as expected,
        count(*) filter (where compliance = 'COMPLIANT') as compliant
    from marts.mart_village_budgets
    where release_id = %(release_id)s
),

answers as (
    select 1 as nth, 'Who should get help and does not?' as question,
        format('%%s households', to_char(households, 'FM999,999,990')) as answer
    from excluded
    union all
    select 2, format('How many can %%s fund (%%s)?', programme_code, lower(phase)),
        format(
            '%%s of %%s households in need; %%s are left, and Rp %%s more would reach them',
            to_char(fundable_households, 'FM999,999,990'),
            to_char(need_households, 'FM999,999,990'),
            to_char(residual_households, 'FM999,999,990'),
            to_char(carried_idr, 'FM999,999,999,999,990')
        )
    from priority
    union all
    select 3, 'Who takes care of those left?',
        format(
            '%%s offered to companies and BAZNAS, %%s delivered, %%s helped by other public money',
            offered, delivered, funded_elsewhere
        )
    from residual
    where households > 0
    union all
    select 4, 'How much of the budget is spent?',
        format(
            '%%s %%%% of Rp %%s; %%s of %%s sub-activities red, %%s off schedule, %%s over their ceiling',
            round(100 * realised_idr / nullif(ceiling_idr, 0), 1),
            to_char(ceiling_idr, 'FM999,999,999,999,990'),
            red, lines, off_schedule, over_ceiling
        )
    from absorption
    where ceiling_idr > 0 and realised_idr is not null
    union all
    select 5, 'Do villages budget for the poor?',
        format('%%s of %%s delivered village budgets (%%s expected)', compliant, with_budget, expected)
    from villages
    where with_budget > 0
)

select question, answer
from answers
order by nth
