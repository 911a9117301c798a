-- The month readers of a regency see now.
select releases.period
from audit.current_releases as shown
inner join audit.releases as releases on shown.release_id = releases.release_id
where shown.regency_code = %(regency)s
