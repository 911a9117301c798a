select delivery_id, source_file, status
from audit.deliveries
where
    sha256 = %(sha256)s and regency_code = %(regency_code)s and period = %(period)s
    and feed is not distinct from %(feed)s and entity is not distinct from %(entity)s
    and status <> 'refused'
order by received_at
