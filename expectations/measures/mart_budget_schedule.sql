select
    count(*) filter (where is_over_ceiling) as ceilings_exceeded,
    coalesce(
        100::float * count(*) filter (where not has_budget_line)
        / nullif(count(*) filter (where realised_idr is not null), 0),
        0
    ) as spending_without_line_pct
from {table}
