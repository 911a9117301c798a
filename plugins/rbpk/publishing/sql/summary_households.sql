select
    count(*) as households,
    count(*) filter (where is_exclusion_error) as exclusion_errors,
    count(*) filter (where is_inclusion_error) as inclusion_errors
from {households}
