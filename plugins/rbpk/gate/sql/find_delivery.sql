select
    regency_code,
    period,
    feed,
    entity,
    -- What has landed is judged once; what was held may be judged again, once its cause is mended.
    case status
        when 'held' then (
            select coalesce(max(gate_result_id), 0)
            from audit.gate_results
            where gate_results.delivery_id = deliveries.delivery_id
        )
        else 0
    end as last_result
from audit.deliveries
where delivery_id = %(delivery_id)s and status in ('landed', 'held')
