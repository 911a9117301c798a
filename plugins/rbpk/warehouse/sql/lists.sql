-- Who may read which part of the lists by name: read by the row-level policies, written by the administrator.

create table if not exists audit.list_readers (
    grant_id bigint generated always as identity primary key,
    login_name text not null,
    role_name text not null check (role_name in ('case_worker', 'opd_reader', 'partner_reader')),
    regency_code text not null references audit.regencies (regency_code),
    -- A kecamatan, an office or an offer, as the role's lists spell it.
    scope_code text not null check (scope_code <> ''),
    reason text not null check (length(btrim(reason)) >= 5),
    granted_by text not null check (granted_by <> ''),
    granted_at timestamptz not null default clock_timestamp(),
    valid_until date,
    revoked_at timestamptz,
    revoked_by text,
    constraint revoked_by_someone check ((revoked_at is null) = (revoked_by is null)),
    -- Every member can step into its group: what a group may read, all its members could.
    constraint never_a_group check (
        login_name not in (
            'rbpk_owner', 'rbpk_publisher', 'rbpk_lists', 'bi_reader', 'case_worker', 'opd_reader',
            'partner_reader', 'auditor', 'public'
        )
    )
);
create unique index if not exists list_readers_once
on audit.list_readers (login_name, role_name, regency_code, scope_code) where revoked_at is null;

create table if not exists audit.list_reads (
    read_id bigint generated always as identity primary key,
    read_at timestamptz not null default clock_timestamp(),
    list_name text not null,
    login_name text not null,
    acting_as text not null,
    application_name text,
    client_address inet
);

-- Called once by every statement that reads a list. A reading that cannot be written down is not given:
-- in a read-only transaction this fails. The server's log keeps what a reader rolls back.
create or replace function audit.note_read(list_name text, acting_as text) returns boolean
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into audit.list_reads (list_name, login_name, acting_as, application_name, client_address)
    values (
        note_read.list_name, session_user, note_read.acting_as, left(current_setting('application_name'), 60),
        inet_client_addr()
    );
    raise log 'list % read by % as %', note_read.list_name, session_user, note_read.acting_as;
    return true;
end
$$;
revoke execute on function audit.note_read(text, text) from public;
grant execute on function audit.note_read(text, text) to case_worker, opd_reader, partner_reader;
