create table if not exists quarantine.rejected_rows (
    delivery_id text not null,
    regency_code text not null,
    period text not null,
    feed text not null,
    entity text not null,
    source_file text not null,
    sheet text not null,
    source_row integer not null,
    column_name text,
    reason_code text not null,
    message text not null,
    raw jsonb not null
);
create index if not exists rejected_rows_by_delivery on quarantine.rejected_rows (delivery_id);
alter table quarantine.rejected_rows owner to rbpk_owner;

-- Who was erased stays erased: keyed digests of the numbers and homes they were delivered under, never the numbers.
create table if not exists quarantine.suppressed_keys (
    regency_code text not null,
    digest text not null,
    -- Which secret made the digest, so that another one is missed rather than silently of no use.
    key_id text not null,
    -- Nobody else lived there: rows about the family go too.
    is_alone boolean not null,
    erasure_id bigint not null,
    primary key (regency_code, digest, erasure_id)
);
alter table quarantine.suppressed_keys owner to rbpk_owner;

-- Deliveries whose raw file holds somebody who was erased: the file goes once its rows are in.
create table if not exists quarantine.unkept_files (
    delivery_id text primary key,
    regency_code text not null,
    noted_at timestamptz not null default clock_timestamp()
);
alter table quarantine.unkept_files owner to rbpk_owner;

-- What the DAG reads: a number must stand neither in a parameter nor in a log. It is emptied when it is done.
create table if not exists quarantine.erasure_requests (
    request_id bigint generated always as identity primary key,
    regency_code text not null,
    nik text,
    decided_by text not null,
    reason text not null,
    ba_number text not null,
    asked_at timestamptz not null default clock_timestamp(),
    erasure_id bigint,
    constraint forgotten_when_done check ((nik is null) = (erasure_id is not null))
);
alter table quarantine.erasure_requests owner to rbpk_owner;

-- HMAC-SHA256 (RFC 2104) with its pads made beforehand: a million marks are one pass.
create or replace function quarantine.keyed_digest(mark text, inner_pad bytea, outer_pad bytea) returns text
language sql immutable strict parallel safe
as $$ select encode(sha256(outer_pad || sha256(inner_pad || convert_to(mark, 'UTF8'))), 'hex') $$;
alter function quarantine.keyed_digest(text, bytea, bytea) owner to rbpk_owner;

-- What two spellings of a number or a name have in common.
create or replace function quarantine.digits(said text) returns text
language sql immutable strict parallel safe
as $$ select nullif(regexp_replace(said, '[^0-9]', '', 'g'), '') $$;
alter function quarantine.digits(text) owner to rbpk_owner;

create or replace function quarantine.letters(said text) returns text
language sql immutable strict parallel safe
as $$ select nullif(upper(regexp_replace(said, '[^[:alpha:]]', '', 'g')), '') $$;
alter function quarantine.letters(text) owner to rbpk_owner;
