with
noted as (
    select
        place,
        array_agg(finding order by finding) as findings
    from unnest(%(places)s::tid[], %(findings)s::text[]) as note (place, finding)
    group by place
)

update {table} as landed
set findings = coalesce(landed.findings, '{{}}') || noted.findings
from noted
where landed.ctid = noted.place
