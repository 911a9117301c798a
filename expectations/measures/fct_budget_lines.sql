with
lines as (
    select
        count(ceiling_idr) as ceilings,
        coalesce(sum(planned_idr), 0) > coalesce(sum(ceiling_idr), 0) as is_over,
        bool_or(least(planned_idr, ceiling_idr) < 0) as is_negative,
        bool_and(is_current_phase) as is_current_phase
    from {table}
    group by budget_year, opd_code, sub_kegiatan_code, fund_source, phase
)

select
    count(*) filter (where ceilings > 1 or is_negative) as ceilings_repeated,
    count(*) filter (where is_over and is_current_phase) as plans_over_ceiling
from lines
