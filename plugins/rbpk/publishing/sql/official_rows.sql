select {columns}
from {table}
where regency_code = %(regency)s
order by {order}
