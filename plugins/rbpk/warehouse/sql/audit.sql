-- Owned by the administrator: neither dbt nor landing can rewrite what happened or move the pointer.

create table if not exists audit.regencies (
    regency_code text primary key check (regency_code ~ '^\d\d\.\d\d$'),
    regency_name text not null
);

create table if not exists audit.deliveries (
    delivery_id text primary key,
    regency_code text not null,
    period text not null check (period ~ '^\d{4}-(0[1-9]|1[0-2])$'),
    feed text,
    entity text,
    source_file text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint not null,
    stored_as text,
    file_format text,
    header_shape text,
    received_at timestamptz not null default clock_timestamp(),
    landed_at timestamptz,
    status text not null check (
        status in ('received', 'landed', 'refused', 'held', 'superseded', 'already_landed')
    ),
    error_code text,
    error_message text,
    supersedes text references audit.deliveries (delivery_id),
    rows_read bigint,
    rows_loaded bigint,
    rows_quarantined bigint,
    rows_duplicate bigint,
    rows_not_data bigint,
    constraint every_row_in_one_place check (
        rows_read is null or rows_read = rows_loaded + rows_quarantined + rows_duplicate
    ),
    constraint read_when_landed check (
        status not in ('landed', 'held', 'superseded') or rows_read is not null
    ),
    constraint refusal_has_a_code check (status not in ('refused', 'held') or error_code is not null)
);
-- The signed minutes or decree a file names, and the delivery whose refused rows this one mends.
alter table audit.deliveries add column if not exists ba_number text;
alter table audit.deliveries add column if not exists corrects text references audit.deliveries (delivery_id);
-- Offices, companies or villages whose rows a list holds, where lists of several stand beside each other.
alter table audit.deliveries add column if not exists senders text[];
create index if not exists deliveries_by_month on audit.deliveries (regency_code, period, feed, entity);
create index if not exists deliveries_by_content on audit.deliveries (sha256);

create table if not exists audit.step_outcomes (
    outcome_id bigint generated always as identity primary key,
    run_id text not null,
    step text not null,
    status text not null,
    error_code text,
    rows_in bigint,
    rows_out bigint,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    regency_code text,
    period text,
    release_id text
);
create index if not exists step_outcomes_by_run on audit.step_outcomes (run_id);

create table if not exists audit.releases (
    release_id text primary key,
    regency_code text not null references audit.regencies (regency_code),
    period text not null,
    revision integer not null check (revision > 0),
    status text not null check (status in ('candidate', 'blocked', 'published', 'superseded', 'withdrawn')),
    verdict text,
    work_schema text not null,
    release_schema text not null,
    inputs_hash text not null,
    code_version text not null,
    opened_at timestamptz not null default clock_timestamp(),
    built_at timestamptz,
    published_at timestamptz,
    approved_by text,
    superseded_at timestamptz,
    superseded_by text references audit.releases (release_id),
    content_hash text,
    note text,
    unique (regency_code, period, revision)
);

-- The run that leads a candidate: it leads no second one, however often its first task is tried.
alter table audit.releases add column if not exists opened_by text;

create table if not exists audit.release_deliveries (
    release_id text not null references audit.releases (release_id),
    delivery_id text not null references audit.deliveries (delivery_id),
    primary key (release_id, delivery_id)
);

-- Offices, companies or villages of the delivery whose rows do not count: a later month brought theirs anew.
alter table audit.release_deliveries add column if not exists overtaken_senders jsonb not null default '[]';

create table if not exists audit.gate_results (
    gate_result_id bigint generated always as identity primary key,
    release_id text references audit.releases (release_id),
    delivery_id text references audit.deliveries (delivery_id),
    suite text not null,
    rule text not null,
    severity text not null check (severity in ('critical', 'warning', 'info')),
    success boolean not null,
    crashed boolean not null default false,
    unexpected_count bigint,
    observed numeric,
    threshold text,
    description text,
    description_id text,
    owner text,
    next_step text,
    checked_at timestamptz not null default clock_timestamp(),
    check ((release_id is null) <> (delivery_id is null))
);
create index if not exists gate_results_by_release on audit.gate_results (release_id);
create index if not exists gate_results_by_delivery on audit.gate_results (delivery_id);

create table if not exists audit.current_releases (
    regency_code text primary key references audit.regencies (regency_code),
    release_id text not null references audit.releases (release_id),
    changed_at timestamptz not null default clock_timestamp(),
    changed_by text not null
);

create table if not exists audit.pointer_moves (
    move_id bigint generated always as identity primary key,
    regency_code text not null,
    from_release_id text,
    to_release_id text not null,
    reason text not null check (reason in ('publish', 'rollback')),
    changed_at timestamptz not null default clock_timestamp(),
    changed_by text not null
);

-- Every file that left the platform: who took it, for what, what it held (never a value of it).
create table if not exists audit.exports (
    export_id bigint generated always as identity primary key,
    exported_at timestamptz not null default clock_timestamp(),
    exported_by text not null check (exported_by <> ''),
    login_name text not null default session_user,
    purpose text not null check (length(btrim(purpose)) >= 5),
    regency_code text not null references audit.regencies (regency_code),
    period text not null,
    release_id text references audit.releases (release_id),
    exported_objects text[] not null check (cardinality(exported_objects) > 0),
    file_name text not null,
    file_format text not null,
    row_count bigint not null check (row_count >= 0),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$')
);
create index if not exists exports_by_release on audit.exports (release_id);

-- What people decided about a candidate: let through, refused, let through although the gate said no.
create table if not exists audit.approvals (
    approval_id bigint generated always as identity primary key,
    release_id text not null references audit.releases (release_id),
    regency_code text not null references audit.regencies (regency_code),
    decision text not null check (decision in ('approved', 'rejected', 'timed_out', 'overridden')),
    decided_by text check (decided_by <> ''),
    decided_at timestamptz not null default clock_timestamp(),
    reason text,
    ba_number text,
    -- Counts of what changes for readers, as the person saw them.
    summary jsonb not null,
    constraint silence_is_nobodys check ((decision = 'timed_out') = (decided_by is null)),
    constraint override_is_explained check (
        decision <> 'overridden'
        or (length(btrim(coalesce(reason, ''))) >= 10 and length(btrim(coalesce(ba_number, ''))) >= 3)
    )
);
create index if not exists approvals_by_release on audit.approvals (release_id);

-- A person whose rows were taken out (UU 27/2022): on whose word, and how many rows where. Nothing says who it was.
create table if not exists audit.erasures (
    erasure_id bigint generated always as identity primary key,
    regency_code text not null references audit.regencies (regency_code),
    erased_at timestamptz not null default clock_timestamp(),
    decided_by text not null check (length(btrim(decided_by)) >= 3),
    reason text not null check (length(btrim(reason)) >= 10),
    ba_number text not null check (length(btrim(ba_number)) >= 3),
    counts jsonb not null
);

-- A kept release that no longer says what was published, and why: its hash before and after.
create table if not exists audit.release_rewrites (
    release_id text not null references audit.releases (release_id),
    erasure_id bigint not null references audit.erasures (erasure_id),
    regency_code text not null,
    former_hash text,
    content_hash text,
    rows_changed bigint not null,
    rows_removed bigint not null,
    primary key (release_id, erasure_id)
);

create or replace function audit.guard_release_status() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Only the publisher says what readers see; who builds candidates cannot, whatever role they step into.
    if new.status in ('published', 'superseded')
        and new.status is distinct from old.status
        and not pg_has_role(current_user, 'rbpk_publisher', 'usage')
    then
        raise exception 'only rbpk_publisher publishes or supersedes a release' using errcode = '42501';
    end if;
    return new;
end
$$;
create or replace trigger guard_release_status
before update on audit.releases
for each row execute function audit.guard_release_status();
