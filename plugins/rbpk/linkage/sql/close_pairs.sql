-- A pair that was decided is open no more.
update linkage.review_pairs as pairs
set status = case when decided.same_person then 'match' else 'no_match' end
from (
    select distinct on (left_record_id, right_record_id)
        left_record_id,
        right_record_id,
        same_person
    from linkage.decisions
    where regency_code = %(regency)s
    order by left_record_id, right_record_id, decided_at desc, decision_id desc
) as decided
where
    pairs.regency_code = %(regency)s
    and pairs.left_record_id = decided.left_record_id
    and pairs.right_record_id = decided.right_record_id
    and pairs.status <> case when decided.same_person then 'match' else 'no_match' end
