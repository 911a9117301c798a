{{ config(materialized='view') }}

with
releases as (
    select * from {{ source('audit', 'releases') }}
)

-- The last release of the latest earlier month that readers have seen.
select
    release_id as previous_release_id,
    period as previous_period,
    period = to_char({{ cut_off_date() }} - interval '1 month', 'YYYY-MM')
        as is_last_month
from releases
where regency_code = '{{ var("regency") }}'
    and period < '{{ var("period") }}'
    and status in ('published', 'superseded')
order by period desc, revision desc
limit 1
