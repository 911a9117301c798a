-- What the family is known by stays; who the row named does not.
update {table} as landed
set {blanks}
from pg_temp.erased_rows as erased
where landed.delivery_id = erased.delivery_id
    and landed.sheet = erased.sheet
    and landed.source_row = erased.source_row
    and not erased.leaves
