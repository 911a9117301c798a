insert into audit.erasures (erasure_id, regency_code, decided_by, reason, ba_number, counts)
overriding system value
values (%(erasure_id)s, %(regency)s, %(decided_by)s, %(reason)s, %(ba_number)s, %(counts)s)
