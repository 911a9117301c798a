select distinct nik
from linkage.person_profiles
where regency_code = %(regency)s and person_id = %(person)s and nik is not null
order by nik
