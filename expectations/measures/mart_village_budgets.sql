select
    count(*) filter (
        where poverty_budget_idr > budget_idr or poverty_lines > budget_lines or budget_idr < 0
    ) + count(desa_code) - count(distinct desa_code) as budgets_impossible,
    count(*) filter (where compliance = 'NO_POVERTY_LINE') as villages_without_poverty_line
from {table}
