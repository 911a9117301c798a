insert into audit.exports (
    exported_by, purpose, regency_code, period, release_id, exported_objects, file_name, file_format,
    row_count, sha256
)
values (
    %(exported_by)s, %(purpose)s, %(regency_code)s, %(period)s, %(release_id)s, %(exported_objects)s,
    %(file_name)s, %(file_format)s, %(row_count)s, %(sha256)s
)
returning export_id
