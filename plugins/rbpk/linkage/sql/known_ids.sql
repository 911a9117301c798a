-- Every id ever given before a snapshot, the ones merged away included.
select distinct
    'person' as entity,
    person_id as id
from linkage.person_profiles
where regency_code = %(regency)s and snapshot < %(snapshot)s
union all
select distinct
    'household',
    household_id
from linkage.household_members
where regency_code = %(regency)s and snapshot < %(snapshot)s
