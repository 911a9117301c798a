-- The units of the leftover pairs, each with what its whole cluster is known by: a row without a NIK speaks with
-- the NIK of the rows it belongs to, and with the families they are listed in.
with
involved as (
    select left_unit as unit from leftover
    union
    select right_unit as unit from leftover
),
listed as (
    select distinct
        units.source_family_id as family,
        clusters.cluster
    from units
    inner join clusters using (unit)
    where units.source_family_id is not null
),
known_families as (
    select
        cluster,
        list(family) as families
    from listed
    where cluster in (select clusters.cluster from clusters inner join involved using (unit))
    group by cluster
),
-- Families that share a person with a family of the cluster: the same home in another list.
related as (
    select
        one.family,
        list(distinct two.family) as related
    from listed as one
    inner join listed as two using (cluster)
    where one.family <> two.family
    group by one.family
),
known_niks as (
    select
        clusters.cluster,
        min(units.nik) as own_nik
    from units
    inner join clusters using (unit)
    where units.is_nik_own
    group by clusters.cluster
),
namesakes as (
    select
        units.name_key,
        count(distinct clusters.cluster) as namesakes
    from units
    inner join clusters using (unit)
    group by units.name_key
)
select
    units.unit,
    units.feed,
    units.name_key,
    units.core_key,
    units.sorted_key,
    units.words,
    units.core_words,
    namesakes.namesakes,
    units.birth_date as born,
    strftime(units.birth_date, '%d%m%y') as ddmmyy,
    units.nik_date,
    coalesce(known_niks.own_nik, units.nik) as nik,
    known_niks.own_nik is not null as is_nik_own,
    units.sex,
    units.mother_key,
    units.family_card,
    units.source_family_id,
    units.village_code,
    left(units.village_code, 8) as kecamatan,
    known_families.families,
    coalesce(related.related, []) as related
from involved
inner join units using (unit)
inner join clusters using (unit)
inner join namesakes using (name_key)
left join known_niks using (cluster)
left join known_families using (cluster)
left join related on units.source_family_id = related.family
