-- Pairs each rule would make, counted before any join is run.
select
    rule::varchar as rule,
    sum((members::bigint * (members::bigint - 1) - settled::bigint * (settled::bigint - 1)) // 2)::bigint as pairs,
    max(members)::bigint as largest_block
from shared_keys
group by rule
order by rule
