-- Keys that more than one unit has: the others make no pair.
select
    rule,
    key,
    count(*)::uinteger as members
from blocking_keys
group by rule, key
having count(*) > 1
