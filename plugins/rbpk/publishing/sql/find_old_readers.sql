-- A snapshot that does not see the change of the pointer holds back backend_xmin to before the
-- transaction that made it (xmin of the release's row); the clock alone would miss a reader who
-- came between that transaction's start and its commit.
select
    (
        select count(*)
        from pg_catalog.pg_stat_activity as session
        cross join audit.releases as release
        where release.release_id = %(release_id)s
            and session.pid <> pg_backend_pid()
            and (session.datid is null or session.datname = current_database())
            and (
                session.xact_start <= release.superseded_at
                or age(session.backend_xmin) >= age(release.xmin)
            )
    )
    + (
        select count(*)
        from pg_catalog.pg_prepared_xacts as prepared
        cross join audit.releases as release
        where release.release_id = %(release_id)s
            and prepared.database = current_database()
            and prepared.prepared <= release.superseded_at
    )
