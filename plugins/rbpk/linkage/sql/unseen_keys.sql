-- Keys by which a unit that was never compared may meet another.
select *
from blocking_keys
where key in (
    select keys.key
    from blocking_keys as keys
    anti join seen on keys.unit = seen.unit
)
