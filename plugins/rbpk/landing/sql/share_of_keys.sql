-- One grouping pass instead of a join: rows copied a moment ago have no statistics to plan a join by.
with
keys as (
    select
        {key} as key,
        bool_or(delivery_id = %(older)s) as in_older,
        bool_or(delivery_id = %(newer)s) as in_newer
    from {table}
    where delivery_id in (%(older)s, %(newer)s)
    group by 1
)
select coalesce(avg(in_newer::integer), 0)
from keys
where in_older and key is not null
