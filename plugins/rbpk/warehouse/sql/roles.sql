do $$
declare
    role_name text;
begin
    foreach role_name in array array[
        'rbpk_owner', 'rbpk_publisher', 'bi_reader', 'case_worker', 'opd_reader', 'partner_reader', 'auditor',
        -- Owns the lists by name and the views on them, and nothing else; nobody ever logs in as it.
        'rbpk_lists'
    ] loop
        if not exists (select 1 from pg_roles where rolname = role_name) then
            execute format('create role %I nologin', role_name);
        end if;
    end loop;
    -- ATTACH PARTITION wants an owner of both sides: the published parent and the candidate's table.
    if not pg_has_role('rbpk_publisher', 'rbpk_owner', 'member') then
        grant rbpk_owner to rbpk_publisher;
    end if;
    -- Publication attaches the lists too. Never the other way round: the lists' owner sees a reader's rows only.
    if not pg_has_role('rbpk_publisher', 'rbpk_lists', 'member') then
        grant rbpk_lists to rbpk_publisher;
    end if;
    -- A managed server's administrator is not a superuser and must be a member of the roles it gives objects to.
    if not pg_has_role(current_user, 'rbpk_publisher', 'member') then
        execute format('grant rbpk_publisher to %I', current_user);
    end if;
end
$$;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to rbpk_owner, rbpk_publisher, bi_reader, case_worker, opd_reader, partner_reader, auditor',
        current_database()
    );
    -- dbt makes one schema per run and its unit tests use temporary tables; readers may do neither.
    execute format('grant create, temporary on database %I to rbpk_owner, rbpk_publisher', current_database());
end
$$;

revoke create on schema public from public;

do $$
declare
    dangerous regprocedure;
begin
    -- A reader could hold our advisory locks or write large objects; only a superuser can take that away.
    for dangerous in
        select oid::regprocedure
        from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and (proname like 'pg\_advisory%' or proname like 'pg\_try\_advisory%' or proname like 'lo\_%')
            and exists (
                select 1 from aclexplode(coalesce(proacl, acldefault('f', proowner))) as acl where acl.grantee = 0
            )
    loop
        execute format('revoke execute on function %s from public', dangerous);
        execute format('grant execute on function %s to rbpk_owner', dangerous);
    end loop;
exception
    when insufficient_privilege then
        raise warning 'cannot revoke advisory locks and large objects from readers: not a superuser';
end
$$;

do $$
begin
    -- Retention must see the snapshots of all readers, or it would take a release from under one.
    grant pg_read_all_stats to rbpk_publisher;
exception
    when insufficient_privilege then
        raise warning 'cannot let rbpk_publisher see readers'' snapshots: retention will refuse to run';
end
$$;
