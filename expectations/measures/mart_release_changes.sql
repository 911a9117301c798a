select
    count(*) filter (
        where change is null
            or change not in ('added', 'removed', 'desil_up', 'desil_down', 'moved')
            or count is null
            or count < 1
    ) as changes_unknown
from {table}
