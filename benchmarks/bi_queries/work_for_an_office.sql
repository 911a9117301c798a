-- What an office is asked to do, by programme and village.
-- index: none: all recommendations are read
select
    opd_code,
    programme_code,
    desa_code,
    count(*) as recommended,
    count(*) filter (where not is_helped_already) as still_to_do
from published.mart_recommended_interventions
group by opd_code, programme_code, desa_code
order by still_to_do desc
limit 200
