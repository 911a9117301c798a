-- Coverage of one programme by village.
-- index: none: one cell a village, desil and programme
select
    desa_code,
    sum(eligible) as eligible,
    sum(served) as served,
    sum(exclusion_errors) as left_out,
    sum(inclusion_errors) as not_entitled
from published.mart_coverage
where programme_code = 'PKH'
group by desa_code
order by left_out desc
