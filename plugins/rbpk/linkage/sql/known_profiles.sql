-- What was known of each registered row just before a snapshot, and since when its person has been known.
select
    profiles.*,
    coalesce(persons.anchor = profiles.record_id, false) as is_anchor,
    first_seen.since
from (
    select distinct on (record_id) *
    from linkage.person_profiles
    where regency_code = %(regency)s and snapshot < %(snapshot)s
    order by record_id, snapshot desc
) as profiles
inner join (
    select
        person_id,
        min(snapshot) as since
    from linkage.person_profiles
    where regency_code = %(regency)s and snapshot < %(snapshot)s
    group by person_id
) as first_seen on profiles.person_id = first_seen.person_id
left join linkage.persons as persons
    on persons.regency_code = profiles.regency_code
    and persons.person_id = profiles.person_id
