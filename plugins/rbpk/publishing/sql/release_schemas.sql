-- Kept releases with tables, the newest last; a blocked one is kept for a while too.
select release_id, release_schema, status, content_hash
from audit.releases
where regency_code = %(regency)s and to_regnamespace(quote_ident(release_schema)) is not null
order by opened_at
