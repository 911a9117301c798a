select coalesce(100::float * sum(agreed) / nullif(sum(seen_by_both), 0), 100) as agreement_pct
from {table}
