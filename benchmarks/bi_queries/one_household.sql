-- A household's card: everything about one family of the list.
-- index: mart_households (household_id)
select *
from published.mart_households
where household_id = (select min(household_id) from published.mart_households)
