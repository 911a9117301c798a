-- A file that still waits to be read is read first; what it was sent with again is as little to be kept.
select distinct unkept.delivery_id, delivery.sha256, delivery.stored_as, delivery.size_bytes
from quarantine.unkept_files as unkept
inner join audit.deliveries as delivery using (delivery_id)
where unkept.regency_code = %(regency)s
    and not exists (
        select 1
        from audit.deliveries as waiting
        where waiting.sha256 = delivery.sha256 and waiting.status = 'received'
    )
