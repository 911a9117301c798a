select
    delivery_id,
    source_file,
    rows_loaded
from audit.deliveries
where
    regency_code = %(regency_code)s and period = %(period)s and feed = %(feed)s and entity = %(entity)s
    and delivery_id <> %(delivery_id)s and status in ('landed', 'held')
    and corrects is null
order by landed_at
