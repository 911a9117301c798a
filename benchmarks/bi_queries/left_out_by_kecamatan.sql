-- Who should be helped and is not, kecamatan by kecamatan.
-- index: none: all households are read
select
    kecamatan_code,
    count(*) as households,
    count(*) filter (where is_exclusion_error) as left_out,
    count(*) filter (where is_inclusion_error) as not_entitled
from published.mart_households
group by kecamatan_code
order by left_out desc
