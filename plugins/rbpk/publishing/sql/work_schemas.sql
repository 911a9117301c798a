select work_schema
from audit.releases
where regency_code = %(regency)s and to_regnamespace(quote_ident(work_schema)) is not null
order by work_schema
