-- Each different set of attributes with its name and its mother's name made comparable.
select
    incoming.* exclude (name, mother_name),
    names.* exclude (name),
    mothers.mother_key
from incoming
left join names on incoming.name is not distinct from names.name
left join mothers on incoming.mother_name is not distinct from mothers.mother_name
