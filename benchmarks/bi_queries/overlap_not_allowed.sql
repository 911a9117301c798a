-- Pairs of programmes one family may not have.
-- index: none: a few thousand rows
select
    programme_a,
    programme_b,
    sum(breaches) as breaches,
    sum(double_help_households) as double_help
from published.mart_programme_overlap
where breaches > 0 or double_help_households > 0
group by programme_a, programme_b
order by breaches desc, double_help desc
