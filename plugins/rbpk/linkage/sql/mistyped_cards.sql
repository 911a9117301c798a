-- A family without a head in its own list is a few rows whose card number was mistyped: the family in the same
-- village whose card is one slip away, if there is exactly one, is theirs.
-- A slip touches one place or two beside each other: the first eight digits are the same, or the last eight, or all
-- but the two in the middle. Only such families are compared, or a village would be compared with itself.
with
families as (
    select
        family,
        min(source_rank) as source_rank,
        min(family_card) as family_card,
        min(village_code) as village_code,
        bool_or(is_principal) as has_head
    from memberships
    where family_card is not null
    group by family
),
keyed as (
    select
        *,
        unnest([
            'first ' || left(family_card, 8),
            'last ' || right(family_card, 8),
            'outer ' || left(family_card, 7) || right(family_card, 7)
        ]) as unslipped
    from families
)
select
    headless.family as left_family,
    min(whole.family) as right_family
from keyed as headless
inner join keyed as whole
    on headless.source_rank = whole.source_rank
    and headless.village_code = whole.village_code
    and headless.unslipped = whole.unslipped
    and not headless.has_head
    and whole.has_head
    and damerau_levenshtein(headless.family_card, whole.family_card) = 1
group by headless.family
having count(distinct whole.family) = 1
order by left_family
