create table if not exists linkage.person_links (
    regency_code text not null,
    period text not null,
    feed text not null,
    source_file text not null,
    sheet text not null,
    source_row integer not null,
    delivery_id text not null,
    record_id text not null,
    person_id text not null,
    household_id text not null,
    rule text not null,
    score numeric not null check (score between 0 and 1)
);
create index if not exists person_links_by_month on linkage.person_links (regency_code, period);
alter table linkage.person_links owner to rbpk_owner;

create table if not exists linkage.persons (
    regency_code text not null,
    person_id text not null,
    first_period text not null,
    anchor text not null,
    primary key (regency_code, person_id)
);
alter table linkage.persons owner to rbpk_owner;

create table if not exists linkage.households (
    regency_code text not null,
    household_id text not null,
    first_period text not null,
    anchor text not null,
    primary key (regency_code, household_id)
);
alter table linkage.households owner to rbpk_owner;

create table if not exists linkage.id_changes (
    regency_code text not null,
    period text not null,
    kind text not null check (kind in ('merge', 'split')),
    entity text not null check (entity in ('person', 'household')),
    old_id text not null,
    new_id text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    unique (regency_code, period, entity, old_id, new_id)
);
alter table linkage.id_changes owner to rbpk_owner;

create table if not exists linkage.review_pairs (
    regency_code text not null,
    period text not null,
    left_record_id text not null,
    right_record_id text not null,
    rule text not null,
    score numeric,
    status text not null default 'pending',
    primary key (regency_code, period, left_record_id, right_record_id)
);
alter table linkage.review_pairs owner to rbpk_owner;

create table if not exists linkage.decisions (
    decision_id bigint generated always as identity primary key,
    regency_code text not null,
    left_record_id text not null,
    right_record_id text not null,
    same_person boolean not null,
    decided_by text not null,
    decided_at timestamptz not null,
    delivery_id text
);
alter table linkage.decisions owner to rbpk_owner;
