-- The deliveries whose rows came back in one workbook.
select distinct fixed.corrects
from audit.deliveries as fixed
inner join audit.deliveries as sent on fixed.sha256 = sent.sha256
where sent.delivery_id = %(delivery_id)s and fixed.corrects is not null
order by fixed.corrects
