select coalesce(max(gate_result_id), 0)
from audit.gate_results
where release_id = %(release_id)s or delivery_id = %(delivery_id)s
