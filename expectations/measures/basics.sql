select *
from (
    select
        count(*) as rows_present,
        count(*) - count(distinct row_id) - count(*) filter (where row_id is null) as keys_repeated,
        count(*) filter (where num_nulls(<<filled>>, regency_code, period, release_id) > 0) as keys_empty,
        count(*) filter (
            where regency_code <> {regency} or period <> {period} or release_id <> {release_id}
        ) as rows_of_other_release
    from {table}
) as basics
<<special>>
