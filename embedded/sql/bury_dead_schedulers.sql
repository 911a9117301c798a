-- In Airflow's own database, while none of its processes runs: a killed scheduler still counts as
-- running for 30 s after its last heartbeat, and a new one that starts sooner leaves its tasks
-- "running" for five minutes. Said to be dead, its tasks are taken up again at once.
update job set state = 'failed' where job_type = 'SchedulerJob' and state = 'running'
