insert into {table} ({columns})
select {carried}
from {table} as former
where former.delivery_id = %(former)s
    and not exists (
        select 1
        from {table} as fresh
        where fresh.delivery_id = %(mended)s
            and fresh.sheet = former.sheet and fresh.source_row = former.source_row
    )
