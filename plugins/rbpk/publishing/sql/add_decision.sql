insert into audit.approvals (release_id, regency_code, decision, decided_by, reason, ba_number, summary)
select
    release.release_id, release.regency_code, %(decision)s, %(decided_by)s, %(reason)s, %(ba_number)s, %(summary)s
from audit.releases as release
where release.release_id = %(release_id)s
