insert into {copy}
select *
from {links}
where regency_code = %(regency)s and period = %(period)s
