select distinct quarantine.letters(name)
from linkage.person_profiles
where regency_code = %(regency)s and person_id = %(person)s and quarantine.letters(name) is not null
