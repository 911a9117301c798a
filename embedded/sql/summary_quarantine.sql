-- Rows held back this month, by reason.
select feed, coalesce(column_name, '') as "column", reason_code as reason, count(*) as "rows"
from quarantine.rejected_rows
where regency_code = %(regency)s and period = %(period)s
group by feed, column_name, reason_code
order by count(*) desc, feed, column_name, reason_code
