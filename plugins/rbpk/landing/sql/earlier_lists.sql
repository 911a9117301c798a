-- The lists of the newest earlier month, at most a quarter back, and how many of this month stand beside the new one.
with
earlier as (
    select
        source_file,
        rows_loaded,
        period,
        rank() over (order by period desc) as recency
    from audit.deliveries
    where
        regency_code = %(regency_code)s and feed = %(feed)s and entity = %(entity)s
        and period < %(period)s and status = 'landed' and corrects is null
        and period >= to_char(to_date(%(period)s, 'YYYY-MM') - interval '3 months', 'YYYY-MM')
),

beside as (
    select count(*) as lists
    from audit.deliveries
    where
        regency_code = %(regency_code)s and feed = %(feed)s and entity = %(entity)s
        and period = %(period)s and delivery_id <> %(delivery_id)s and source_file <> %(source_file)s
        and status in ('received', 'landed', 'held') and corrects is null
)

select
    earlier.source_file,
    earlier.rows_loaded,
    earlier.period,
    beside.lists
from earlier
cross join beside
where earlier.recency = 1
