select sha256
from audit.exports
where release_id = %(release)s and file_format = %(format)s
order by export_id
limit 1
