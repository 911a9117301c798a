select
    {year} as stated_year,
    {stage} as stated_stage,
    count(*) as times
from {table}
where delivery_id = %(delivery_id)s
group by 1, 2
order by 3 desc
limit 1
