insert into audit.releases (
    release_id, regency_code, period, revision, status, work_schema, release_schema, inputs_hash, code_version,
    opened_by
)
values (
    %(release_id)s, %(regency)s, %(period)s, %(revision)s, 'candidate', %(work_schema)s, %(release_schema)s,
    %(inputs_hash)s, %(code_version)s, %(opened_by)s
)
