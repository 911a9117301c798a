-- Pairs worth a look that the rules did not join. Those from families that share members (candidates) are few beside
-- the blocked ones, and only of them some may stand in both.
with
further as (
    select
        candidates.left_unit,
        candidates.right_unit
    from candidates
    anti join blocked
        on candidates.left_unit = blocked.left_unit
        and candidates.right_unit = blocked.right_unit
),
pairs as (
    select
        left_unit,
        right_unit
    from blocked
    union all
    select
        left_unit,
        right_unit
    from further
)
select
    pairs.left_unit,
    pairs.right_unit
from pairs
inner join clusters as one on pairs.left_unit = one.unit
inner join clusters as two on pairs.right_unit = two.unit
where one.cluster <> two.cluster
