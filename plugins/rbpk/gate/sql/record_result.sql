insert into audit.gate_results (
    release_id, delivery_id, suite, rule, severity, success, crashed, unexpected_count,
    observed, threshold, description, description_id, owner, next_step
)
values (
    %(release_id)s, %(delivery_id)s, %(suite)s, %(rule)s, %(severity)s, %(success)s, %(crashed)s,
    %(unexpected_count)s, %(observed)s, %(threshold)s, %(description)s, %(description_id)s,
    %(owner)s, %(next_step)s
)
