update audit.releases
set content_hash = %(content_hash)s
where release_id = %(release_id)s
