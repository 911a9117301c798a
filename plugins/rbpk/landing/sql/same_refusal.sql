select delivery_id
from audit.deliveries
where
    sha256 = %(sha256)s and regency_code = %(regency_code)s and period = %(period)s
    and feed is not distinct from %(feed)s and entity is not distinct from %(entity)s
    and source_file = %(source_file)s and status = 'refused' and error_code = %(error_code)s
order by received_at
limit 1
