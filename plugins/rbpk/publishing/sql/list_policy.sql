create policy rows_granted on {table} for select to rbpk_lists
using (
    ({regency}, {scope}) in (
        select granted.regency_code, granted.scope_code
        from audit.list_readers as granted
        where granted.login_name = current_user
            and granted.role_name = {role}
            and granted.revoked_at is null
            and coalesce(granted.valid_until, 'infinity') >= current_date
    )
)
