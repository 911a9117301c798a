-- Clusters in which rows with NIKs of their own, more than a slip apart, hold together only through rows
-- without one (core: what the cluster falls into without those), and clusters larger than ?.
with
own as (
    select
        clusters.cluster,
        cores.core,
        units.nik
    from units
    inner join clusters using (unit)
    inner join cores using (unit)
    where units.is_nik_own
    group by all
)
select one.cluster
from own as one
inner join own as two
    on one.cluster = two.cluster
    and one.core < two.core
where damerau_levenshtein(one.nik, two.nik) > 1
union
select cluster from clusters
group by cluster
having count(*) > ?
