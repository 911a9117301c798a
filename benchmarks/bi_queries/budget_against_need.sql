-- What programmes cost for all who need them, and what is budgeted.
-- index: none: a few rows
select
    coverage.programme_code,
    coverage.need_households,
    coverage.need_idr,
    coverage.ceiling_idr,
    count(residual.household_id) as residual_households
from published.mart_budget_coverage as coverage
left join published.mart_residual_households as residual
    on coverage.programme_code = residual.programme_code
        and coverage.release_id = residual.release_id
where coverage.is_current_phase
group by
    coverage.programme_code, coverage.need_households, coverage.need_idr,
    coverage.ceiling_idr
order by coverage.need_idr desc nulls last
