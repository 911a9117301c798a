update audit.releases
set
    status = 'published',
    published_at = clock_timestamp(),
    approved_by = %(changed_by)s,
    content_hash = %(content_hash)s
where release_id = %(release_id)s
