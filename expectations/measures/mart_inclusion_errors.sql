select
    count(*) filter (
        where reason_id is null
            or households_counted_once > households
            or amount_counted_once_idr > amount_idr
    ) as errors_unexplained
from {table}
