select decision, decided_by
from audit.approvals
where release_id = %(release_id)s
order by approval_id desc
limit 1
