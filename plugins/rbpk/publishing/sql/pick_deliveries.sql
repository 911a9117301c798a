-- For each list the newest month not after the run's, if it is young enough; all its current files.
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
        rank() over (
            partition by deliveries.feed, deliveries.entity order by deliveries.period desc
        ) as recency
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
where recency = 1
order by delivery_id
