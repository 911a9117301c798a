-- Keys that make a pair: of two units or more, of which one at least is not settled (see blocking_keys.sql).
select
    rule,
    key,
    count(*)::uinteger as members,
    (count(*) filter (where is_settled))::uinteger as settled
from blocking_keys
group by rule, key
having count(*) > greatest(1, count(*) filter (where is_settled))
