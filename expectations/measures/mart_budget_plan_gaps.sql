select count(*) filter (where plan_status = 'PLAN_WITHOUT_BUDGET') as lists_without_budget
from {table}
