-- Which share of the time of the steps the gate took: checks of deliveries and of the release, promised to stay under
-- fifteen percent. Where a person was waited for is no work.
select
    round(sum(seconds) filter (where step like 'check\_%%'), 1) as gate_seconds,
    round(sum(seconds), 1) as all_seconds,
    round(100 * sum(seconds) filter (where step like 'check\_%%') / nullif(sum(seconds), 0), 1) as percent
from (
    select
        step,
        extract(epoch from ended_at - started_at) as seconds
    from audit.step_outcomes
    where started_at >= %(since)s
        and step <> 'sign_off'
        and (regency_code is null or regency_code = %(regency)s)
        and (period is null or period = %(period)s)
) as steps
having count(*) filter (where step like 'check\_%%') > 0
