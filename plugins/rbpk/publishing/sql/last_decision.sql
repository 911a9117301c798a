select coalesce(max(decision_id), 0) from linkage.decisions where regency_code = %(regency)s
