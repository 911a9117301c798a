with
members as (
    delete from linkage.household_members
    where regency_code = %(regency)s and person_id = %(person)s
),

changes as (
    delete from linkage.id_changes
    where regency_code = %(regency)s and entity = 'person' and (old_id = %(person)s or new_id = %(person)s)
),

homes as (
    delete from linkage.households
    where regency_code = %(regency)s and %(is_alone)s and household_id = any(%(homes)s)
)

delete from linkage.persons
where regency_code = %(regency)s and person_id = %(person)s
