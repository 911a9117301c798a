select
    min(snapshot) filter (where period = %(period)s and inputs_hash = %(inputs_hash)s) as this_one,
    coalesce(max(snapshot), 0) + 1 as next_one
from linkage.snapshots
where regency_code = %(regency)s
