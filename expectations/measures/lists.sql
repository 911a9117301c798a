select count(*) as households_unlike
from (select household_id from {release}.mart_households where <<households>>) as counted
full outer join {table} as listed on counted.household_id = listed.household_id
where counted.household_id is null or listed.household_id is null
