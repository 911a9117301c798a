-- A mended row that repeats one that counts already may not count again.
delete from {table} as fresh
using {table} as there
where fresh.delivery_id = %(mended)s
    and there.delivery_id = any(%(counted)s)
    and {same}
    and not exists (
        select 1
        from {table} as again
        where again.delivery_id = %(mended)s and there.delivery_id <> %(corrects)s
            and again.sheet = there.sheet and again.source_row = there.source_row
    )
returning fresh.sheet, fresh.source_row
