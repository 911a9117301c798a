-- The families a person is listed in, the likeliest first: the fresher sender, a list with a head before one without,
-- the larger family. A person nobody lists in a family has none here.
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
        count(distinct person) as size
    from memberships
    group by family
) as families using (family)
group by person, family
order by person, min(source_rank), not bool_or(has_head), max(size) desc, family
