select {columns}
from {parent}
where release_id = (select release_id from audit.current_releases where regency_code = {regency})
    -- Known before anything is read: the planner leaves out the releases of other regencies.
    and regency_code = {regency}
