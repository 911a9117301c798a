select
    count(*) filter (where severity = 'critical' and not success or crashed) as blocking,
    count(*) filter (where severity = 'warning' and not success and not crashed) as warnings
from (
    select distinct on (suite, rule)
        severity,
        success,
        crashed
    from audit.gate_results
    where release_id = %(release_id)s
    order by suite asc, rule asc, gate_result_id desc
) as latest
