select
    count(*) filter (where least(original_idr, current_idr, realised_idr, delivered_idr) < 0)
    + (
        count(*) - count(distinct opd_code) * count(distinct indicator)
    ) as matrix_sums_unlike,
    count(distinct opd_code) filter (where is_opd_without_program) as offices_without_programme
from {table}
