with
refusals as (
    select *
    from
        unnest(
            %(sheets)s::text[], %(source_rows)s::integer[], %(columns)s::text[], %(codes)s::text[],
            %(messages)s::text[]
        ) as refusal (sheet, source_row, column_name, reason_code, message)
),

gone as (
    delete from landing.corrections__rows as sent
    using refusals
    where sent.delivery_id = %(delivery_id)s
        and sent.sheet = refusals.sheet and sent.source_row = refusals.source_row
    returning sent.*, refusals.column_name, refusals.reason_code, refusals.message
)

insert into quarantine.rejected_rows (
    delivery_id, regency_code, period, feed, entity, source_file, sheet, source_row,
    column_name, reason_code, message, raw
)
select
    delivery_id, regency_code, period, 'corrections', 'rows', source_file, sheet, source_row,
    column_name, reason_code, message,
    coalesce(extra, '{}'::jsonb) || jsonb_build_object('kunci', kunci)
from gone
