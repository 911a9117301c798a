select array_agg(distinct upper(btrim({sender})))
from {table}
where delivery_id = %(delivery_id)s and btrim({sender}) <> ''
