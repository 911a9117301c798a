-- Children of the same home keep their rows, without her name.
update linkage.person_profiles as child
set mother_name = null
from linkage.household_members as home
where child.regency_code = %(regency)s
    and home.regency_code = %(regency)s
    and child.person_id = home.person_id
    and home.household_id = any(%(homes)s)
    and quarantine.letters(child.mother_name) in (
        select quarantine.letters(own.name)
        from linkage.person_profiles as own
        where own.regency_code = %(regency)s and own.person_id = %(person)s
    )
