select
    release.release_schema,
    release.release_id,
    release.regency_code,
    release.period,
    release.content_hash,
    release.published_at,
    coalesce(pointer.release_id = release.release_id, false),
    (
        select move.from_release_id
        from audit.pointer_moves as move
        where move.to_release_id = release.release_id
        order by move.move_id desc
        limit 1
    )
from audit.releases as release
left join audit.current_releases as pointer on release.regency_code = pointer.regency_code
where release.release_id = %(release_id)s and release.published_at is not null
