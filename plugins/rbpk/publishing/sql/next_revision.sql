select coalesce(max(revision), 0) + 1
from audit.releases
where regency_code = %(regency)s and period = %(period)s
