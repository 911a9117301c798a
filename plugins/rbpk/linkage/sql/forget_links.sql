delete from linkage.person_links
where regency_code = %(regency)s and person_id = %(person)s
