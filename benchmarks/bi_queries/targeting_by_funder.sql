-- How much of the help reaches the list, by funder.
-- index: none: a few rows
select
    funder_type,
    programme_code,
    recipients,
    on_list_pct,
    desil_1_pct
from published.mart_targeting_accuracy
order by recipients desc
