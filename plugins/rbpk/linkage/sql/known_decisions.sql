-- The last word on each pair.
select distinct on (left_record_id, right_record_id)
    left_record_id,
    right_record_id,
    same_person
from linkage.decisions
where regency_code = %(regency)s
order by left_record_id, right_record_id, decided_at desc, decision_id desc
