-- A mended row stands where the refused one stood, and says which correction put it there.
update {table} as landed
set
    sheet = place.sheet,
    source_row = place.source_row,
    extra = coalesce(landed.extra, '{{}}'::jsonb)
        || jsonb_build_object('corrected_by', %(corrected_by)s::text, 'corrected_in', place.corrected_in)
from
    unnest(
        %(numbers)s::integer[], %(sheets)s::text[], %(source_rows)s::integer[], %(places)s::text[]
    ) as place (number, sheet, source_row, corrected_in)
where landed.delivery_id = %(mended)s and landed.source_row = place.number
