-- A family without a head in its own list is a few rows whose card number was mistyped: the family in the same
-- village whose card is one slip away, if there is exactly one, is theirs.
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
)
select
    headless.family as left_family,
    min(whole.family) as right_family
from families as headless
inner join families as whole
    on headless.source_rank = whole.source_rank
    and headless.village_code = whole.village_code
    and not headless.has_head
    and whole.has_head
    -- Counting places that differ is cheap and settles nearly every pair of a village.
    and case
        when length(headless.family_card) <> length(whole.family_card) then true
        else hamming(headless.family_card, whole.family_card) <= 2
    end
    and damerau_levenshtein(headless.family_card, whole.family_card) = 1
group by headless.family
having count(*) = 1
order by left_family
