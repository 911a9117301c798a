select distinct person_id
from linkage.person_profiles
where regency_code = %(regency)s and nik = %(nik)s
order by person_id
