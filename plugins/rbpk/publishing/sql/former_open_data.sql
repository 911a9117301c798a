-- The files of other releases handed out before, oldest first; for a release that was handed out already, those
-- it was compared with then, so that the same release always gives the same file.
select
    release_id,
    file_name,
    sha256
from audit.exports
where
    regency_code = %(regency)s
    and file_format = %(format)s
    and release_id <> %(release)s
    and export_id < coalesce(
        (
            select min(same.export_id)
            from audit.exports as same
            where same.release_id = %(release)s and same.file_format = %(format)s
        ),
        9223372036854775807
    )
order by export_id
