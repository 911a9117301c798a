-- Time and rows by step since the job began.
select
    step,
    count(*) as times,
    sum(rows_in)::bigint as rows_in,
    sum(rows_out)::bigint as rows_out,
    round(sum(extract(epoch from ended_at - started_at)), 1) as seconds
from audit.step_outcomes
where started_at >= %(since)s
    and (regency_code is null or regency_code = %(regency)s)
    and (period is null or period = %(period)s)
group by step
order by min(started_at)
