select
    candidate.regency_code,
    candidate.period,
    candidate.release_schema,
    candidate.work_schema,
    former.release_schema,
    former.release_id
from audit.releases as candidate
left join audit.current_releases as pointer on pointer.regency_code = candidate.regency_code
-- A mart the former release did not have cannot be compared with it.
left join audit.releases as former
    on former.release_id = pointer.release_id
        and to_regclass(format('%%I.%%I', former.release_schema, %(table)s::text)) is not null
where candidate.release_id = %(release_id)s and candidate.status in ('candidate', 'blocked')
