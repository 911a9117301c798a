with
totals as (
    select sum(planned_share_pct) as planned_pct, sum(delivered_share_pct) as delivered_pct
    from {table}
)

-- Shares are rounded one by one; half a percent is thirty of them all rounded the same way.
select
    (abs(coalesce(planned_pct, 100) - 100) > 0.5)::int
    + (abs(coalesce(delivered_pct, 100) - 100) > 0.5)::int as shares_off
from totals
