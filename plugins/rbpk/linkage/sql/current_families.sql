-- The family a person belongs to now: a list with a head before one without, then the fresher sender, then the
-- larger family. A person nobody lists in a family has none here.
select
    person,
    family,
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
qualify row_number() over (
    partition by person
    order by min(source_rank), not bool_or(has_head), max(size) desc, family
) = 1
order by person
