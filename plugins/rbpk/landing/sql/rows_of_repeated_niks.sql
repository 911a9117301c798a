select
    landed.sheet,
    landed.source_row,
    landed.{nik} as nik,
    landed.{name} as name
from unnest(%(sheets)s::text[], %(rows)s::integer[]) as note (sheet, source_row)
inner join {table} as landed on note.sheet = landed.sheet and note.source_row = landed.source_row
where landed.delivery_id = %(delivery_id)s
order by landed.{nik}, landed.sheet, landed.source_row
