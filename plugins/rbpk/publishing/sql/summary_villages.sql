select desa_code, sum(count)
from {changes}
where change in ('added', 'removed', 'moved')
group by desa_code
order by sum(count) desc, desa_code asc nulls last
limit 10
