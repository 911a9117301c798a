select
    count(*) filter (
        where is_delivered is distinct from (status = 'DELIVERED') or amount_idr < 0
    ) as rows_contradicting,
    coalesce(100::float * count(*) filter (where programme_code = 'UNMAPPED') / nullif(count(*), 0), 0)
        as unmapped_pct,
    coalesce(
        100::float * count(*) filter (where status = 'PLEDGED')
        / nullif(count(*) filter (where partner_name is not null), 0), 0
    ) as unproven_pct
from {table}
