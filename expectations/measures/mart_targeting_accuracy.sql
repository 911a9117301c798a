select
    (
        coalesce(sum(deliveries), 0) <> (select count(*) from {release}.fct_interventions where is_delivered)
    )::integer
    + (
        coalesce(sum(amount_idr), 0)
        <> (select coalesce(sum(amount_idr), 0) from {release}.fct_interventions where is_delivered)
    )::integer
    + count(*) filter (
        where on_list > recipients or desil_1 + desil_2_4 + desil_5_up + desil_unknown <> on_list
    ) as targeting_sums_unlike
from {table}
