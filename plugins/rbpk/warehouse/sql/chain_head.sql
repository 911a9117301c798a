select number, hash
from audit.chain
where regency_code = %(regency)s
order by number desc
limit 1
