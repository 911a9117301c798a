select coalesce(jsonb_object_agg(change, counted), '{{}}'::jsonb)
from (
    select
        change,
        sum(count) as counted
    from {changes}
    group by change
) as changes
