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
),

-- Whose rows a later month brought anew. A list that names no sender speaks for all of them.
overtaken as (
    select
        usable.delivery_id,
        bool_or(newer.senders is null or usable.senders is null) as by_all,
        array_agg(distinct sender order by sender) filter (where sender is not null) as senders
    from usable
    inner join usable as newer
        on usable.feed = newer.feed and usable.entity = newer.entity and usable.period < newer.period
    left join unnest(newer.senders) as sender on sender = any(usable.senders)
    group by usable.delivery_id
)

select
    usable.delivery_id,
    usable.feed,
    usable.entity,
    usable.period,
    usable.sha256,
    coalesce(to_jsonb(overtaken.senders), '[]') as overtaken_senders
from usable
left join overtaken on usable.delivery_id = overtaken.delivery_id
where not coalesce(overtaken.by_all or overtaken.senders @> usable.senders, false)
order by usable.delivery_id
