-- Families left out for the most months.
-- index: none: all households are read
select
    household_id,
    desa_code,
    desil,
    months_excluded
from published.mart_households
where is_exclusion_error
order by months_excluded desc, desil, household_id
limit 100
