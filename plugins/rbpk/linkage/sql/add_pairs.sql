-- A pair asked in any month is not asked again, whatever became of it.
insert into linkage.review_pairs (regency_code, period, left_record_id, right_record_id, rule, score, agreement)
select
    fresh.regency_code,
    fresh.period,
    fresh.left_record_id,
    fresh.right_record_id,
    fresh.rule,
    fresh.score,
    fresh.agreement
from pg_temp.new_review_pairs as fresh
where not exists (
    select 1
    from linkage.review_pairs as asked
    where
        asked.regency_code = fresh.regency_code
        and asked.left_record_id = fresh.left_record_id
        and asked.right_record_id = fresh.right_record_id
)
order by fresh.left_record_id, fresh.right_record_id
