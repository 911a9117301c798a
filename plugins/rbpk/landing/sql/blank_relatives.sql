-- Rows of others that name the person as mother, parent or caretaker of the same home.
update {table} as landed
set {relative} = null
where landed.regency_code = %(regency)s
    and (%(delivery)s::text is null or landed.delivery_id = %(delivery)s)
    and landed.{relative} is not null
    and exists (
        select 1
        from unnest({marks}) as said (mark)
        inner join quarantine.suppressed_keys as known
            on known.regency_code = %(regency)s
                and known.digest = quarantine.keyed_digest(said.mark, %(inner)s, %(outer)s)
    )
returning landed.delivery_id
