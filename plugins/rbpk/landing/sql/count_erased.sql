update audit.deliveries as delivery
set
    rows_loaded = delivery.rows_loaded - gone.rows,
    rows_quarantined = delivery.rows_quarantined + gone.rows
from (
    select delivery_id, count(*) as rows
    from pg_temp.erased_rows
    where leaves
    group by delivery_id
) as gone
where delivery.delivery_id = gone.delivery_id
