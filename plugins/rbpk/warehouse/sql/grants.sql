grant usage on schema audit to rbpk_owner, rbpk_publisher, auditor;
grant select on all tables in schema audit to rbpk_owner, rbpk_publisher, auditor;

-- Landing, gates and runs append and advance states; nobody deletes.
grant insert, update on audit.deliveries to rbpk_owner;
grant insert on audit.step_outcomes, audit.release_deliveries, audit.gate_results, audit.exports to rbpk_owner;
grant insert on audit.exports to rbpk_publisher;
-- Who builds a release does not sign it.
grant insert on audit.approvals, audit.erasures, audit.release_rewrites to rbpk_publisher;
grant usage on sequence audit.erasures_erasure_id_seq to rbpk_publisher;
grant insert, update on audit.releases to rbpk_owner;

-- Moving the pointer is publication; only the publisher can.
grant insert, update on audit.current_releases to rbpk_publisher;
grant insert on audit.pointer_moves to rbpk_publisher;
grant update on audit.releases to rbpk_publisher;

-- The owner of the lists filters by the grants and follows the pointer.
grant usage on schema audit to rbpk_lists;
grant select on audit.list_readers, audit.current_releases to rbpk_lists;
grant usage, create on schema restricted to rbpk_lists;
grant usage on schema lists to rbpk_publisher;
grant usage on schema restricted to case_worker, opd_reader, partner_reader;

grant usage on schema published to bi_reader, auditor;
alter default privileges for role rbpk_publisher in schema published grant select on tables to bi_reader, auditor;
