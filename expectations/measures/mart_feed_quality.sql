with
ledger as (
    select
        delivery.feed,
        delivery.entity,
        sum(delivery.rows_read) filter (where delivery.corrects is null) as rows_read,
        sum(delivery.rows_loaded) as rows_loaded,
        sum(delivery.rows_quarantined)
        - coalesce(sum(delivery.rows_read) filter (where delivery.corrects is not null), 0) as rows_quarantined,
        sum(delivery.rows_duplicate) as rows_duplicate
    from audit.deliveries as delivery
    inner join audit.release_deliveries as frozen
        on delivery.delivery_id = frozen.delivery_id and frozen.release_id = {release_id}
    group by delivery.feed, delivery.entity
)

select
    (
        select count(*)
        from ledger
        full outer join {table} as shown on ledger.feed = shown.feed and ledger.entity = shown.entity
        where (
            coalesce(ledger.rows_read, 0),
            coalesce(ledger.rows_loaded, 0),
            coalesce(ledger.rows_quarantined, 0),
            coalesce(ledger.rows_duplicate, 0)
        ) is distinct from (shown.rows_read, shown.rows_loaded, shown.rows_quarantined, shown.rows_duplicate)
    ) as lists_unlike_ledger,
    (
        select count(*)
        from {table}
        where valid_nik_pct not between 0 and 100 or padan_pct not between 0 and 100
    ) as shares_impossible,
    (select count(*) from {table} where is_required and rows_loaded = 0) as required_lists_empty,
    (
        select count(*)
        from {previous}.mart_feed_quality as former
        left join {table} as shown on former.feed = shown.feed and former.entity = shown.entity
        where former.release_id = {previous_id}
            and former.rows_loaded > 0
            -- What people send back comes when there is something to send back.
            and former.feed not in ('corrections', 'decisions')
            and (coalesce(shown.rows_loaded, 0) = 0 or shown.newest_period < former.newest_period)
    ) as lists_gone_or_older
