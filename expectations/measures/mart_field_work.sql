select
    count(*) filter (
        where decided + undecided <> visited
            or overdue > assigned
            or never_verified + stale <> overdue
            or visited_off_list > visited
    ) as field_work_contradicting
from {table}
