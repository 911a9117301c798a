-- The memory of linkage, append-only. A snapshot is one month's records as they were linked once; a run reads what
-- snapshots before its own have written, so re-running an old month gives the old answer and cannot disturb later ones.
create table if not exists linkage.snapshots (
    regency_code text not null,
    snapshot integer not null,
    period text not null,
    inputs_hash text not null,
    release_id text not null,
    linked_at timestamptz not null default clock_timestamp(),
    primary key (regency_code, snapshot),
    unique (regency_code, period, inputs_hash)
);
alter table linkage.snapshots owner to rbpk_owner;

create table if not exists linkage.person_profiles (
    regency_code text not null,
    snapshot integer not null,
    record_id text not null,
    person_id text not null,
    feed text not null,
    nik text,
    family_card text,
    name text,
    birth_date date,
    sex text,
    village_code text,
    mother_name text,
    source_family_id text,
    source_person_id text,
    rule text not null,
    score numeric not null,
    primary key (regency_code, record_id, snapshot)
);
alter table linkage.person_profiles owner to rbpk_owner;

create table if not exists linkage.household_members (
    regency_code text not null,
    snapshot integer not null,
    person_id text not null,
    household_id text not null,
    is_head boolean not null,
    primary key (regency_code, person_id, snapshot)
);
alter table linkage.household_members owner to rbpk_owner;

-- Which snapshot the links of a month stand for, and the counts of the run that wrote them: the same records, decisions
-- and model again are not linked again.
create table if not exists linkage.linked_months (
    regency_code text not null,
    period text not null,
    snapshot integer not null,
    outcome jsonb not null,
    primary key (regency_code, period)
);
alter table linkage.linked_months owner to rbpk_owner;
