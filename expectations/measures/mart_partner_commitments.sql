select
    coalesce(
        100::float * sum(unproven_idr) / nullif(sum(delivered_idr + unproven_idr), 0), 0
    ) as unproven_pct
from {table}
