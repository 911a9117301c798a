select
    period,
    person_id,
    household_id,
    rule,
    score
from linkage.person_links
where regency_code = %(regency)s and record_id = %(record)s
order by period desc
limit 1
