-- For each list the newest month not after the run's, if it is young enough; all its current files.
-- Where several offices, companies or villages send the same list, the newest month of each of them.
with
promised as (
    select feed, entity, months
    from unnest(%(feeds)s::text[], %(entities)s::text[], %(months)s::int[]) as promised (feed, entity, months)
),

usable as (
    select
        deliveries.delivery_id,
        deliveries.feed,
        deliveries.entity,
        deliveries.period,
        deliveries.sha256,
        deliveries.senders
    from audit.deliveries as deliveries
    inner join promised
        on deliveries.feed = promised.feed and deliveries.entity = promised.entity
    where deliveries.regency_code = %(regency)s
        and deliveries.status = 'landed'
        and deliveries.period <= %(period)s
        and deliveries.period >= to_char(
            to_date(%(period)s, 'YYYY-MM') - make_interval(months => promised.months), 'YYYY-MM'
        )
)

select delivery_id, feed, entity, period, sha256
from usable
where not exists (
    select 1
    from usable as newer
    where newer.feed = usable.feed and newer.entity = usable.entity and newer.period > usable.period
        -- A list that names no sender speaks for all of them.
        and coalesce(newer.senders && usable.senders, true)
)
order by delivery_id
