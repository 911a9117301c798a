-- Pairs of this run and those of earlier ones.
select
    left_unit,
    right_unit
from candidates
union all
select
    left_unit,
    right_unit
from known_pairs
