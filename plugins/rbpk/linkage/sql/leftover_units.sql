-- The units of the leftover pairs, each with what its whole cluster is known by: a row without a NIK speaks with
-- the NIK of the rows it belongs to, and with the families they are listed in.
with
involved as (
    select
        unit,
        list(pair order by pair) as pairs
    from (
        select left_unit as unit, pair from leftover
        union all
        select right_unit as unit, pair from leftover
    )
    group by unit
),
members as (
    select
        clusters.cluster,
        units.*
    from units
    inner join clusters using (unit)
    where clusters.cluster in (select clusters.cluster from clusters inner join involved using (unit))
),
known as (
    select
        cluster,
        min(nik) filter (where is_nik_own) as own_nik,
        list(distinct source_family_id) filter (where source_family_id is not null) as families
    from members
    group by cluster
),
-- Families that share a person with a family of the cluster: the same home in another list.
listed as (
    select distinct
        units.source_family_id as family,
        clusters.cluster
    from units
    inner join clusters using (unit)
    where units.source_family_id is not null
),
related as (
    select
        one.family,
        list(distinct two.family) as related
    from listed as one
    inner join listed as two using (cluster)
    where one.family <> two.family
    group by one.family
),
namesakes as (
    select
        name_key,
        count(distinct cluster) as namesakes
    from units
    inner join clusters using (unit)
    where name_key in (select name_key from members)
    group by name_key
)
select
    members.unit,
    involved.pairs,
    members.feed,
    members.name_key,
    members.core_key,
    members.sorted_key,
    members.words,
    members.core_words,
    namesakes.namesakes,
    members.birth_date as born,
    strftime(members.birth_date, '%d%m%y') as ddmmyy,
    members.nik_date,
    coalesce(known.own_nik, members.nik) as nik,
    known.own_nik is not null as is_nik_own,
    members.sex,
    members.mother_key,
    members.family_card,
    members.source_family_id,
    members.village_code,
    left(members.village_code, 8) as kecamatan,
    known.families,
    coalesce(related.related, []) as related
from involved
inner join members using (unit)
inner join known using (cluster)
inner join namesakes using (name_key)
left join related on members.source_family_id = related.family
order by members.unit
