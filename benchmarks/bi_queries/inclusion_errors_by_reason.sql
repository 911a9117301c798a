-- Help that should not be given: reason, funder and money.
-- index: none: a few thousand rows
select
    reason_code,
    funder_type,
    sum(households_counted_once) as households,
    sum(amount_counted_once_idr) as amount_idr
from published.mart_inclusion_errors
group by reason_code, funder_type
order by households desc
