select distinct
    one.unit as left_unit,
    two.unit as right_unit
from blocking_keys as one
inner join blocking_keys as two
    on one.rule = two.rule
    and one.key = two.key
    and one.unit < two.unit
