-- Welfare decile against what a household lacks.
-- index: none: all households are read
select
    desil,
    deprivation_count,
    count(*) as households
from published.mart_households
group by desil, deprivation_count
order by desil, deprivation_count
