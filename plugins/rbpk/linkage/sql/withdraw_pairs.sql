-- Questions of this month that nobody answered and this run would not ask: the lists have answered them.
delete from linkage.review_pairs as asked
where
    asked.regency_code = %(regency)s
    and asked.period = %(period)s
    and asked.status = 'pending'
    and not exists (
        select 1
        from pg_temp.new_review_pairs as fresh
        where
            asked.left_record_id = fresh.left_record_id
            and asked.right_record_id = fresh.right_record_id
    )
