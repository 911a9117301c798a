-- The list of one village, the poorest first.
-- index: mart_households (desa_code)
select
    household_id,
    desil,
    deprivation_count,
    verification_status,
    programmes_received
from published.mart_households
where desa_code = (select min(desa_code) from published.mart_households)
order by desil, deprivation_count desc, household_id
limit 200
