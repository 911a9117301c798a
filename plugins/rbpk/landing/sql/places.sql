select
    sheet,
    source_row
from {table}
where delivery_id = %(mended)s
