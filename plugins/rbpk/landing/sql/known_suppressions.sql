select distinct key_id
from quarantine.suppressed_keys
where regency_code = %(regency)s
