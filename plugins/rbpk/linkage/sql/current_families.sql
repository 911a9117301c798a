-- The families a person is listed in, the likeliest first. Among senders the fresher one; within one list, which
-- knows the family they left as well as the one they founded: a list with a head before one without, the family
-- card issued last (digits 7 to 12, DDMMYY), the family they head. A head listed twice belongs to the larger (the
-- other is a mistyped card); anybody else to the smaller: parents stay many, a couple begins as two.
-- A person nobody lists in a family has none here.
select
    person,
    family,
    min(source_rank) as source_rank,
    bool_or(is_principal) as is_principal
from memberships
inner join (
    select
        family,
        bool_or(is_principal) as has_head,
        count(distinct person) as size,
        try_strptime(substr(min(family_card), 7, 6), '%d%m%y')::date as issued
    from memberships
    group by family
) as families using (family)
group by person, family
order by
    person,
    min(source_rank),
    not bool_or(has_head),
    max(issued) desc nulls last,
    not bool_or(is_principal),
    case when bool_or(is_principal) then -max(size) else max(size) end,
    family
