-- Cells of P3KE, DTKS and PKH for the whole regency.
-- index: none: a few thousand rows
select
    grain,
    in_p3ke,
    in_dtks,
    in_pkh,
    sum(count) as listed,
    sum(count_in_dtsen) as in_dtsen
from published.mart_feed_agreement
group by grain, in_p3ke, in_dtks, in_pkh
order by grain, listed desc
