-- The newest release of the month, and whether readers see it.
select
    releases.release_id,
    releases.status,
    coalesce(releases.verdict, '') as verdict,
    current_releases.release_id is not null as is_current
from audit.releases
left join audit.current_releases on releases.release_id = current_releases.release_id
where releases.regency_code = %(regency)s and releases.period = %(period)s
order by releases.revision desc
limit 1
