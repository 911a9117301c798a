-- Decisions of this release's workbooks that the log does not hold yet. TUNDA decides nothing: the pair stays open.
insert into linkage.decisions (
    regency_code, left_record_id, right_record_id, same_person, decided_by, decided_at, delivery_id
)
select
    %(regency)s,
    least(sent.left_record_id, sent.right_record_id),
    greatest(sent.left_record_id, sent.right_record_id),
    sent.verdict_label = 'SAMA',
    sent.decided_by,
    coalesce(sent.decided_date, deliveries.received_at::date),
    sent.delivery_id
from {sent} as sent
inner join audit.deliveries as deliveries on sent.delivery_id = deliveries.delivery_id
where
    sent.verdict_label in ('SAMA', 'BEDA')
    and sent.left_record_id is not null
    and sent.right_record_id is not null
    and sent.left_record_id <> sent.right_record_id
order by sent.delivery_id, sent.source_row
on conflict do nothing
