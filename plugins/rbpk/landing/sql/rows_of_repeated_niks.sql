select
    sheet,
    source_row,
    {nik} as nik,
    {name} as name
from {table}
where delivery_id = %(delivery_id)s and %(finding)s = any(findings)
order by {nik}, sheet, source_row
