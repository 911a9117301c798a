select 1
from linkage.person_profiles
where regency_code = %(regency)s and snapshot = %(snapshot)s
limit 1
