select
    count(*) filter (
        where num_nulls(paid_idr, delivered_idr) > 0 or paid_idr < 0 or paid_idr > delivered_idr
    ) as amounts_impossible,
    coalesce(100::float * sum(amounts_off_the_rule) / nullif(sum(families), 0), 0) as off_the_rule_pct
from {table}
