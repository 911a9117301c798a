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
-- How each field of the two rows compares, in words of the model and without a value: name=part nik=slip …
alter table linkage.review_pairs add column if not exists agreement text;
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
-- A workbook says a thing once, however often its release is built.
create unique index if not exists decisions_said_once
on linkage.decisions (delivery_id, left_record_id, right_record_id);
alter table linkage.decisions owner to rbpk_owner;

-- Ids merged away, to the id that stands for them now: what was published under an old id still resolves.
create or replace view linkage.current_ids as
with recursive
followed as (
    select
        regency_code,
        entity,
        old_id,
        new_id,
        1 as steps
    from linkage.id_changes
    where kind = 'merge'
    union
    select
        followed.regency_code,
        followed.entity,
        followed.old_id,
        changes.new_id,
        followed.steps + 1
    from followed
    inner join linkage.id_changes as changes
        on followed.regency_code = changes.regency_code
        and followed.entity = changes.entity
        and followed.new_id = changes.old_id
        and changes.kind = 'merge'
    where followed.steps < 100
)
select distinct on (regency_code, entity, old_id)
    regency_code,
    entity,
    old_id,
    new_id as current_id
from followed
order by regency_code, entity, old_id, steps desc;
alter view linkage.current_ids owner to rbpk_owner;
