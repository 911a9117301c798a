-- What happened cannot be made unhappened: every state of every audit row has its link in a chain, one chain
-- a regency, numbered without gaps, each link holding the hash of the one before. `make verify-audit` reads it.

create table if not exists audit.chain_versions (
    table_name text not null,
    version integer not null,
    key_columns text[] not null,
    hashed_columns text[] not null,
    primary key (table_name, version)
);

create table if not exists audit.chain (
    -- '-' is the chain of what concerns no regency.
    regency_code text not null,
    number bigint not null check (number > 0),
    table_name text not null,
    version integer not null,
    row_key text not null,
    row_hash text not null,
    previous_hash text not null,
    hash text not null,
    chained_at timestamptz not null default clock_timestamp(),
    primary key (regency_code, number)
);
create index if not exists chain_by_row on audit.chain (table_name, row_key, number desc);

-- The named columns of a row as one text; the caller's time zone must be UTC.
create or replace function audit.row_hash(content jsonb, hashed_columns text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(convert_to(jsonb_object_agg(name, content -> name)::text, 'UTF8')), 'hex')
    from unnest(hashed_columns) as name
$$;

create or replace function audit.row_key(content jsonb, key_columns text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select string_agg(content ->> name, '/' order by position)
    from unnest(key_columns) with ordinality as named (name, position)
$$;

create or replace function audit.link_hash(link audit.chain, hashed_columns text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(convert_to(concat_ws(
        '|', 'rbpk-chain-1', link.regency_code, link.number, link.table_name, link.version,
        array_to_string(hashed_columns, ','), link.row_key, link.row_hash, link.previous_hash
    ), 'UTF8')), 'hex')
$$;

-- Runs when the transaction commits, so that the lock on the chain is held for that moment only.
create or replace function audit.chain_row() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set lock_timeout = '60s'
as $$
declare
    content jsonb := to_jsonb(new);
    kind audit.chain_versions;
    link audit.chain;
    former audit.chain;
begin
    select * into strict kind
    from audit.chain_versions as versions
    where versions.table_name = tg_table_name
    order by versions.version desc
    limit 1;
    link.regency_code := coalesce(
        content ->> 'regency_code',
        (select releases.regency_code from audit.releases where releases.release_id = content ->> 'release_id'),
        (select deliveries.regency_code from audit.deliveries where deliveries.delivery_id = content ->> 'delivery_id'),
        '-'
    );
    perform pg_advisory_xact_lock(hashtextextended('rbpk/chain/' || link.regency_code, 0));
    select * into former
    from audit.chain
    where chain.regency_code = link.regency_code
    order by chain.number desc
    limit 1;
    link.number := coalesce(former.number, 0) + 1;
    link.table_name := tg_table_name;
    link.version := kind.version;
    link.row_key := audit.row_key(content, kind.key_columns);
    link.row_hash := audit.row_hash(content, kind.hashed_columns);
    link.previous_hash := coalesce(former.hash, '');
    insert into audit.chain (
        regency_code, number, table_name, version, row_key, row_hash, previous_hash, hash
    )
    values (
        link.regency_code, link.number, link.table_name, link.version, link.row_key, link.row_hash,
        link.previous_hash, audit.link_hash(link, kind.hashed_columns)
    );
    return null;
end
$$;

create or replace function audit.refuse_rewriting() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'audit.% keeps what happened: % is refused', tg_table_name, lower(tg_op) using errcode = '42501';
end
$$;

do $$
declare
    kind record;
    present text[];
begin
    for kind in
        select *
        from (
            values
            ('deliveries', true), ('releases', true), ('list_readers', true),
            ('step_outcomes', false), ('release_deliveries', false), ('gate_results', false),
            ('pointer_moves', false), ('exports', false), ('list_reads', false), ('approvals', false),
            ('erasures', false), ('release_rewrites', false)
        ) as kinds (table_name, changes)
    loop
        select array_agg(columns.attname::text order by columns.attnum) into present
        from pg_attribute as columns
        where columns.attrelid = format('audit.%I', kind.table_name)::regclass
            and columns.attnum > 0
            and not columns.attisdropped;
        -- A table that gained columns is hashed over them from now on; older links keep what they were made of.
        insert into audit.chain_versions (table_name, version, key_columns, hashed_columns)
        select
            kind.table_name,
            coalesce(max(versions.version), 0) + 1,
            (
                select array_agg(columns.attname::text order by columns.attnum)
                from pg_index as indexes
                inner join pg_attribute as columns
                    on columns.attrelid = indexes.indrelid and columns.attnum = any(indexes.indkey)
                where indexes.indrelid = format('audit.%I', kind.table_name)::regclass and indexes.indisprimary
            ),
            present
        from audit.chain_versions as versions
        where versions.table_name = kind.table_name
        having not coalesce(bool_or(versions.hashed_columns = present), false);
        if exists (
            select 1 from pg_trigger
            where tgrelid = format('audit.%I', kind.table_name)::regclass and tgname = 'chain_row'
        ) then
            continue;
        end if;
        execute format(
            'create constraint trigger chain_row after insert or update on audit.%I'
            ' deferrable initially deferred for each row execute function audit.chain_row()',
            kind.table_name
        );
        -- Rows from before there was a chain enter it as they are now.
        execute format('update audit.%1$I set %2$I = %2$I', kind.table_name, present[2]);
        set constraints all immediate;
        set constraints all deferred;
        execute format(
            'create trigger refuse_rewriting before %s on audit.%I'
            ' for each statement execute function audit.refuse_rewriting()',
            case when kind.changes then 'delete or truncate' else 'update or delete or truncate' end,
            kind.table_name
        );
    end loop;
end
$$;

do $$
begin
    if not exists (
        select 1 from pg_trigger where tgrelid = 'audit.chain'::regclass and tgname = 'refuse_rewriting'
    ) then
        create trigger refuse_rewriting before update or delete or truncate on audit.chain
        for each statement execute function audit.refuse_rewriting();
    end if;
end
$$;
