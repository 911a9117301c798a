insert into audit.list_readers (
    login_name, role_name, regency_code, scope_code, reason, granted_by, valid_until
)
select %(login)s, %(role)s, %(regency)s, scope_code, %(reason)s, %(by)s, %(valid_until)s
from unnest(%(scopes)s::text[]) as scope_code
on conflict do nothing
