-- Pairs of which at least one unit was never compared: the verdicts on the others are known.
select
    blocked.left_unit,
    blocked.right_unit,
    false as is_related
from blocked
left join seen as one on blocked.left_unit = one.unit
left join seen as two on blocked.right_unit = two.unit
where one.unit is null or two.unit is null
