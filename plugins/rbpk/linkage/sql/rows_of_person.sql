select distinct delivery_id, sheet, source_row
from linkage.person_links
where regency_code = %(regency)s and person_id = %(person)s
order by delivery_id, sheet, source_row
