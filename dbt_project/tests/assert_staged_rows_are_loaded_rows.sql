-- What the ledger says was loaded is what staging reads, feed by feed.
with
quality as (
    select
        feed,
        entity,
        rows_read,
        rows_loaded,
        rows_quarantined,
        rows_duplicate
    from {{ ref('mart_feed_quality') }}
),

staged as (
    select
        feed,
        entity,
        sum(row_count) as rows_staged
    from {{ ref('int_landed_rows_counted') }}
    group by feed, entity
)

select
    quality.feed,
    quality.entity,
    quality.rows_loaded,
    staged.rows_staged
from quality
left join staged
    on quality.feed = staged.feed and quality.entity = staged.entity
where quality.rows_loaded != coalesce(staged.rows_staged, 0)
    or quality.rows_read
    != quality.rows_loaded + quality.rows_quarantined + quality.rows_duplicate
