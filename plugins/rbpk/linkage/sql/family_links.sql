-- Families of different senders that are one household: each family's best partner, if the choice is mutual.
-- Only mutual choices, so that a married child listed with the parents here and with a spouse there
-- does not glue the two families.
with
members as (
    select
        family,
        min(source_rank) as source_rank,
        min(family_card) as family_card,
        person,
        bool_or(is_principal) as is_principal
    from memberships
    group by family, person
),
families as (
    select
        family,
        min(source_rank) as source_rank,
        min(family_card) as family_card,
        count(*) as size
    from members
    group by family
),
shared as (
    select
        one.family as left_family,
        two.family as right_family,
        count(*) as people,
        bool_or(one.is_principal and two.is_principal) as is_principal_shared
    from members as one
    inner join members as two
        on one.person = two.person
        and one.family < two.family
    group by one.family, two.family
),
pairs as (
    select
        shared.left_family,
        shared.right_family,
        one.source_rank as left_rank,
        two.source_rank as right_rank,
        shared.people,
        shared.is_principal_shared,
        coalesce(one.family_card = two.family_card, false) as is_card_shared,
        shared.people / (one.size + two.size - shared.people) as overlap
    from shared
    inner join families as one on shared.left_family = one.family
    inner join families as two on shared.right_family = two.family
    where
        shared.people >= 2
        or shared.is_principal_shared
        or coalesce(one.family_card = two.family_card, false)
),
ranked as (
    select
        *,
        row_number() over (
            partition by left_family, right_rank
            order by is_card_shared desc, is_principal_shared desc, people desc, overlap desc, right_family
        ) as choice_of_left,
        row_number() over (
            partition by right_family, left_rank
            order by is_card_shared desc, is_principal_shared desc, people desc, overlap desc, left_family
        ) as choice_of_right
    from pairs
    where left_rank <> right_rank
)
select
    left_family,
    right_family
from ranked
where choice_of_left = 1 and choice_of_right = 1
union
-- One sender lists a family twice: the same head and at least half of the people.
select
    left_family,
    right_family
from pairs
where left_rank = right_rank and is_principal_shared and people >= 2 and overlap >= 0.5
order by left_family, right_family
