insert into audit.release_rewrites (
    release_id, erasure_id, regency_code, former_hash, content_hash, rows_changed, rows_removed
)
values (
    %(release_id)s, %(erasure_id)s, %(regency)s, %(former_hash)s, %(content_hash)s, %(rows_changed)s, %(rows_removed)s
)
