-- People with two valid NIKs that both fit their rows and are more than a slip apart: of each the pair that least
-- holds together, and the score of the best rule that joins the two numbers directly (none: only other rows do).
with
torn as (
    select clusters.cluster
    from units
    inner join clusters using (unit)
    where units.is_nik_own
    group by clusters.cluster
    having min(units.nik) < max(units.nik)
),
own as (
    select
        clusters.cluster,
        units.nik,
        min(units.unit) as unit
    from units
    inner join clusters using (unit)
    semi join torn on clusters.cluster = torn.cluster
    where units.is_nik_own
    group by clusters.cluster, units.nik
),
pairs as (
    select
        one.cluster,
        one.unit as left_unit,
        two.unit as right_unit,
        one.nik as left_nik,
        two.nik as right_nik
    from own as one
    inner join own as two
        on one.cluster = two.cluster
        and one.unit < two.unit
    where
        case when length(one.nik) = length(two.nik) then hamming(one.nik, two.nik) > 1 else true end
        and damerau_levenshtein(one.nik, two.nik) > 1
),
joined as (
    select
        least(one.nik, two.nik) as low_nik,
        greatest(one.nik, two.nik) as high_nik,
        max(edges.score) as score
    from edges
    inner join clusters on edges.left_unit = clusters.unit
    semi join torn on clusters.cluster = torn.cluster
    inner join units as one on edges.left_unit = one.unit
    inner join units as two on edges.right_unit = two.unit
    where one.nik <> two.nik and edges.rule <> 'remembered'
    group by all
)
select
    pairs.cluster,
    pairs.left_unit,
    pairs.right_unit,
    joined.score
from pairs
left join joined
    on least(pairs.left_nik, pairs.right_nik) = joined.low_nik
    and greatest(pairs.left_nik, pairs.right_nik) = joined.high_nik
qualify row_number() over (
    partition by pairs.cluster order by joined.score nulls first, pairs.left_unit, pairs.right_unit
) = 1
order by pairs.cluster
