delete from linkage.person_links where regency_code = %(regency)s and period = %(period)s
