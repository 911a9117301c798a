-- What is recommended for one family.
-- index: mart_recommended_interventions (household_id)
select
    person_id,
    indicator,
    measure,
    programme_code,
    is_helped_already
from published.mart_recommended_interventions
where household_id = (select min(household_id) from published.mart_recommended_interventions)
order by indicator, programme_code
