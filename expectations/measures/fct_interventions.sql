select
    (
        coalesce(sum(amount_idr) filter (where programme_code = 'PKH' and is_delivered), 0)
        <> (select coalesce(sum(paid_idr), 0) from {release}.mart_pkh_payments)
    )::integer as pkh_sums_unlike,
    coalesce(100::float * count(*) filter (where programme_code = 'UNMAPPED') / nullif(count(*), 0), 0)
        as unmapped_pct,
    coalesce(
        100::float * count(*) filter (where status = 'PLEDGED')
        / nullif(count(*) filter (where partner_name is not null), 0), 0
    ) as unproven_pct
from {table}
