-- Landed deliveries the gate has not judged: of one feed, or those a regency's month could read.
select deliveries.delivery_id
from audit.deliveries as deliveries
where deliveries.status = 'landed'
    -- Mended rows were judged one by one; shares of a list say nothing about a few of them.
    and deliveries.corrects is null
    and (%(feed)s::text is null or deliveries.feed = %(feed)s)
    and (%(regency)s::text is null or deliveries.regency_code = %(regency)s)
    and (%(period)s::text is null or deliveries.period <= %(period)s)
    and not exists (
        select 1 from audit.gate_results as results where results.delivery_id = deliveries.delivery_id
    )
order by deliveries.landed_at, deliveries.delivery_id
