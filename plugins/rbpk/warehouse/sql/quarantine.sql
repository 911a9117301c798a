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
