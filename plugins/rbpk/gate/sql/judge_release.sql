update audit.releases
set
    verdict = case when %(passed)s then 'passed' else 'blocked' end,
    status = case when %(passed)s then 'candidate' else 'blocked' end,
    built_at = clock_timestamp()
where release_id = %(release_id)s and status in ('candidate', 'blocked')
