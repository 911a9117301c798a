insert into audit.step_outcomes (
    run_id, step, status, error_code, rows_in, rows_out, started_at, ended_at,
    regency_code, period, release_id
)
values (
    %(run_id)s, %(step)s, %(status)s, %(error_code)s, %(rows_in)s, %(rows_out)s,
    %(started_at)s, %(ended_at)s, %(regency_code)s, %(period)s, %(release_id)s
)
