-- Everything one household was given, newest first.
-- index: fct_interventions (household_id)
select
    delivered_on,
    programme_code,
    funder_type,
    amount_idr,
    status
from published.fct_interventions
where household_id = (select max(household_id) from published.mart_households)
order by delivered_on desc nulls last
