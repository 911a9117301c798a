-- What readers saw before the shown release; one that was taken back is not gone back to unasked.
select release_id
from audit.releases
where regency_code = %(regency)s
    and release_id <> %(current)s
    and status = 'superseded'
    and to_regnamespace(quote_ident(release_schema)) is not null
order by superseded_by is not distinct from %(current)s desc, superseded_at desc
limit 1
