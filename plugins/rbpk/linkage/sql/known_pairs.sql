-- Pairs of units that an earlier run blocked, and the rule that joined them, if one did.
select
    least(one.unit, two.unit) as left_unit,
    greatest(one.unit, two.unit) as right_unit,
    incoming.rule
from incoming
inner join prints as one on incoming.left_1 = one.left_1 and incoming.left_2 = one.left_2
inner join prints as two on incoming.right_1 = two.left_1 and incoming.right_2 = two.left_2
