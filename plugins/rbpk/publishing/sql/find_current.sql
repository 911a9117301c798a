select release_id from audit.current_releases where regency_code = %(regency)s
