-- All programmes in one village.
-- index: none: one cell a village, desil and programme
select
    programme_code,
    desil,
    eligible,
    served
from published.mart_coverage
where desa_code = (select min(desa_code) from published.mart_coverage)
    and eligible + served > 0
order by programme_code, desil
