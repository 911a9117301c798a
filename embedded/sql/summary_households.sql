-- The release in one line.
select
    count(*) as households,
    count(*) filter (where in_p3ke) as p3ke,
    count(*) filter (where in_dtks) as dtks,
    count(*) filter (where in_pkh) as pkh,
    count(*) filter (where is_eligible) as eligible,
    count(*) filter (where is_exclusion_error) as exclusion_errors,
    count(*) filter (where is_inclusion_error) as inclusion_errors
from marts.mart_households
where release_id = %(release_id)s
