-- Pairs worth a look that the rules did not join.
select
    pairs.left_unit,
    pairs.right_unit
from (
    select
        left_unit,
        right_unit
    from blocked
    union
    select
        left_unit,
        right_unit
    from candidates
) as pairs
inner join clusters as one on pairs.left_unit = one.unit
inner join clusters as two on pairs.right_unit = two.unit
where one.cluster <> two.cluster
