-- People with two valid NIKs that both fit their rows and are more than a slip apart: the first such pair of each.
with
own as (
    select
        clusters.cluster,
        units.nik,
        min(units.unit) as unit
    from units
    inner join clusters using (unit)
    where units.is_nik_own
    group by clusters.cluster, units.nik
)
select
    one.cluster,
    one.unit as left_unit,
    two.unit as right_unit
from own as one
inner join own as two
    on one.cluster = two.cluster
    and one.unit < two.unit
where damerau_levenshtein(one.nik, two.nik) > 1
qualify row_number() over (partition by one.cluster order by one.unit, two.unit) = 1
order by one.cluster
