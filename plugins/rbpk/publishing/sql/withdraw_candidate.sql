update audit.releases
set status = 'withdrawn', note = %(note)s
where release_id = %(release_id)s and status = 'candidate'
