-- Pairs each rule would make, counted before any join is run.
select
    rule,
    sum(members * (members - 1) // 2)::bigint as pairs,
    max(members)::bigint as largest_block
from (
    select
        rule,
        key,
        count(*) as members
    from blocking_keys
    group by rule, key
)
group by rule
order by rule
