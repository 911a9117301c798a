with
shared as (
    select
        blocking_keys.key,
        blocking_keys.unit,
        blocking_keys.is_settled
    from blocking_keys
    semi join shared_keys on blocking_keys.key = shared_keys.key
)
select distinct
    one.unit as left_unit,
    two.unit as right_unit
from shared as one
inner join shared as two
    on one.key = two.key
    and one.unit < two.unit
    and not (one.is_settled and two.is_settled)
