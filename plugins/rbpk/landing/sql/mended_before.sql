select
    (select count(*) from audit.deliveries where corrects = %(delivery_id)s) as times,
    (
        select delivery_id from audit.deliveries
        where corrects = %(delivery_id)s and status in ('landed', 'held')
        order by landed_at desc limit 1
    ) as newest
