-- The row stays accounted for, without anything it held.
insert into quarantine.rejected_rows (
    delivery_id, regency_code, period, feed, entity, source_file, sheet, source_row, column_name, reason_code,
    message, raw
)
select
    landed.delivery_id, landed.regency_code, landed.period, %(feed)s, %(entity)s, landed.source_file, landed.sheet,
    landed.source_row, null, %(reason)s, %(message)s, '{{}}'::jsonb
from {table} as landed
inner join pg_temp.erased_rows as erased using (delivery_id, sheet, source_row)
where erased.leaves
