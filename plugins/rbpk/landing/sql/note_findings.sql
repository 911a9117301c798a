with
noted as (
    select
        sheet,
        source_row,
        array_agg(finding order by finding) as findings
    from unnest(%(sheets)s::text[], %(rows)s::integer[], %(findings)s::text[]) as note (sheet, source_row, finding)
    group by sheet, source_row
)

update {table} as landed
set findings = coalesce(landed.findings, '{{}}') || noted.findings
from noted
where landed.delivery_id = %(delivery_id)s
    and landed.sheet = noted.sheet and landed.source_row = noted.source_row
