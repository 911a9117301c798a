select release_id, period
from published.dim_regions
where regency_code = %(regency)s
limit 1
