-- One grouping pass instead of a join: rows copied a moment ago have no statistics to plan a join by.
-- Of long lists a part of the keys, chosen by their hashes, tells as much as all of them.
with
rows_compared as (
    select
        delivery_id,
        {key} as key
    from {table}
    where delivery_id = any(%(older)s) or delivery_id = %(newer)s
),

keys as (
    select
        delivery_id,
        key
    from rows_compared
    where hashtext(key) & %(mask)s = 0
    group by 1, 2
),

compared as (
    select
        delivery_id,
        bool_or(delivery_id = %(newer)s) over (partition by key) as came_again
    from keys
)

select
    delivery_id,
    avg(came_again::integer)::double precision as share
from compared
where delivery_id <> %(newer)s
group by 1
