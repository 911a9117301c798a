-- Rupiah given, by funder and strategy.
-- index: none: all help is read
select
    funder_type,
    strategy,
    count(*) as deliveries,
    sum(amount_idr) as amount_idr
from published.fct_interventions
where is_delivered
group by funder_type, strategy
order by amount_idr desc nulls last
