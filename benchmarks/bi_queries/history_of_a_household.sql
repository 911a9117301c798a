-- One family from month to month.
-- index: mart_household_history (household_id, valid_from)
select
    valid_from,
    valid_to,
    desil,
    is_on_list,
    left_reason,
    programmes_received
from published.mart_household_history
where household_id = (select min(household_id) from published.mart_household_history)
order by valid_from
