select
    release_id, regency_code, period, status, verdict, release_schema, content_hash, published_at
from audit.releases
where release_id = %(release_id)s
