-- Refused rows of a delivery that no correction has mended yet; the table is its list's.
with
mended as (
    select delivery_id
    from audit.deliveries
    where corrects = %(delivery_id)s and status in ('landed', 'held')
)

select
    refused.source_file,
    refused.sheet,
    refused.source_row,
    refused.column_name,
    refused.reason_code,
    refused.raw
from quarantine.rejected_rows as refused
where refused.delivery_id = %(delivery_id)s
    -- Somebody who asked to be erased is not asked for again.
    and refused.reason_code <> 'ERASED'
    and not exists (
        select 1
        from {table} as landed
        inner join mended on landed.delivery_id = mended.delivery_id
        where landed.sheet = refused.sheet and landed.source_row = refused.source_row
    )
order by refused.sheet, refused.source_row
