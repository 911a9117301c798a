-- Recipients of a rare programme, by village.
-- index: fct_interventions (programme_code)
select
    desa_code,
    count(*) as deliveries,
    count(distinct household_id) as households,
    sum(amount_idr) as amount_idr
from published.fct_interventions
where programme_code = 'RTLH' and is_delivered
group by desa_code
order by deliveries desc
