update audit.list_readers
set revoked_at = clock_timestamp(), revoked_by = %(by)s
where login_name = %(login)s and revoked_at is null
