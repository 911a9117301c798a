select count(*) from linkage.review_pairs where regency_code = %(regency)s and status = 'pending'
