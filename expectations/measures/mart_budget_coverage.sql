select
    count(*) filter (
        where fundable_households + residual_households <> need_households
            or least(fundable_households, residual_households) < 0
            or fundable_idr > coalesce(ceiling_idr, 0)
            or fundable_idr > coalesce(need_idr, 0)
    ) as coverages_contradicting
from {table}
