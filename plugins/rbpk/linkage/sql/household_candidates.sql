-- Pairs of units, not yet one person, from two families of different senders that share a person.
with
members as (
    select distinct
        units.source_family_id as family,
        units.feed,
        clusters.cluster,
        units.unit,
        units.core_start,
        coalesce(strftime(units.birth_date, '%d%m%y'), units.nik_date) as ddmmyy
    from units
    inner join clusters using (unit)
    where units.source_family_id is not null
),
related as (
    select distinct
        one.family as left_family,
        two.family as right_family
    from members as one
    inner join members as two
        on one.cluster = two.cluster
        and one.feed <> two.feed
)
select distinct
    least(one.unit, two.unit) as left_unit,
    greatest(one.unit, two.unit) as right_unit,
    true as is_related
from related
inner join members as one on related.left_family = one.family
inner join members as two
    on related.right_family = two.family
    and one.cluster <> two.cluster
    and (one.core_start = two.core_start or one.ddmmyy = two.ddmmyy)
