select distinct owner.feed
from landing.corrections__rows as sent
inner join audit.deliveries as owner on split_part(btrim(sent.kunci), '/', 1) = owner.delivery_id
where sent.delivery_id = %(delivery_id)s and owner.feed <> 'corrections'
order by owner.feed
