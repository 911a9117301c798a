-- What the gate said about the release, by severity.
select
    severity,
    count(*) as checks,
    count(*) filter (where not success) as failed,
    count(*) filter (where crashed) as crashed
from audit.gate_results
where release_id = %(release_id)s
group by severity
order by severity
