with
older as (
    select distinct {key} as key
    from {table}
    where delivery_id = %(older)s
),
newer as (
    select distinct {key} as key
    from {table}
    where delivery_id = %(newer)s
)
select coalesce(avg((newer.key is not null)::integer), 0)
from older
left join newer on older.key = newer.key
where older.key is not null
