-- Where the rows with findings lie, and whose they are. Nobody else sees or moves them before this transaction ends.
with
noted as (
    select distinct
        sheet,
        source_row
    from unnest(%(sheets)s::text[], %(rows)s::integer[]) as note (sheet, source_row)
)

select
    landed.ctid::text as place,
    landed.sheet,
    landed.source_row,
    {nik} as nik,
    {name} as name
from noted
inner join {table} as landed on noted.sheet = landed.sheet and noted.source_row = landed.source_row
where
    landed.delivery_id = %(delivery_id)s
    -- Said twice: so the other rows of the list are left before their many cells are unpacked.
    and landed.source_row = any(%(rows)s::integer[])
order by nik, landed.sheet, landed.source_row
