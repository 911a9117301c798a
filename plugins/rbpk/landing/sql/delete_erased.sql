delete from {table} as landed
using pg_temp.erased_rows as erased
where landed.delivery_id = erased.delivery_id
    and landed.sheet = erased.sheet
    and landed.source_row = erased.source_row
    and erased.leaves
