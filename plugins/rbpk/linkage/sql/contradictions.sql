-- Clusters in which rows with NIKs of their own, more than a slip apart, hold together only through rows
-- without one (core: what the cluster falls into without those).
with
own as (
    select distinct
        cores.cluster,
        cores.core,
        units.nik
    from cores
    inner join units using (unit)
)
select distinct one.cluster
from own as one
inner join own as two
    on one.cluster = two.cluster
    and one.core < two.core
where damerau_levenshtein(one.nik, two.nik) > 1
