-- Each row sent back, beside the refused row its key names, if there is one in this regency and month.
with
sent as (
    select
        sheet,
        source_row,
        btrim(kunci) as row_key,
        extra
    from landing.corrections__rows
    where delivery_id = %(delivery_id)s
)

select
    sent.sheet,
    sent.source_row,
    count(*) over (partition by sent.row_key) as times,
    owner.delivery_id,
    owner.status,
    refused.sheet as first_sheet,
    refused.source_row as first_row,
    refused.raw,
    sent.extra
from sent
left join audit.deliveries as owner
    on split_part(sent.row_key, '/', 1) = owner.delivery_id
        and owner.regency_code = %(regency_code)s and owner.period = %(period)s
        and owner.feed <> 'corrections'
left join quarantine.rejected_rows as refused
    on owner.delivery_id = refused.delivery_id
        and refused.reason_code <> 'ERASED'
        and sent.row_key = refused.delivery_id || '/' || refused.sheet || '/' || refused.source_row
order by sent.sheet, sent.source_row
