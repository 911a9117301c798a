-- What an earlier try of the same run opened, out of the same deliveries and by the same rules.
select release_id, revision, work_schema, release_schema, inputs_hash
from audit.releases
where regency_code = %(regency)s
    and period = %(period)s
    and status = 'candidate'
    and opened_by = %(opened_by)s
    and inputs_hash = %(inputs_hash)s
order by revision desc
limit 1
