select coalesce(max(erasure_id), 0)
from audit.erasures
where regency_code = %(regency)s
