update quarantine.rejected_rows as refused
set raw = '{{}}'::jsonb, column_name = null, reason_code = %(reason)s, message = %(message)s
where refused.regency_code = %(regency)s
    and (%(delivery)s::text is null or refused.delivery_id = %(delivery)s)
    and refused.feed = %(feed)s
    and refused.entity = %(entity)s
    and refused.reason_code <> %(reason)s
    and exists (
        select 1
        from unnest({marks}) as said (mark)
        inner join quarantine.suppressed_keys as known
            on known.regency_code = %(regency)s
                and known.digest = quarantine.keyed_digest(said.mark, %(inner)s, %(outer)s)
    )
returning refused.delivery_id
