with
-- Whole years: five before the month's, for lists and programmes of the past,
-- and the next, for plans.
days as (
    select listed.day::date as date_day
    from generate_series(
            date_trunc('year', {{ cut_off_date() }}) - interval '5 years',
            date_trunc('year', {{ cut_off_date() }})
            + interval '2 years' - interval '1 day',
            interval '1 day'
        ) as listed (day)
)

select
    {{ surrogate_key(['date_day']) }} as row_id,
    {{ release_columns() }},
    date_day,
    to_char(date_day, 'YYYY-MM') as month_period,
    extract(year from date_day)::integer as year_number,
    extract(month from date_day)::integer as month_number,
    (array[
        'Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli',
        'Agustus', 'September', 'Oktober', 'November', 'Desember'
    ])[extract(month from date_day)::integer] as month_name_id,
    extract(quarter from date_day)::integer as quarter_number,
    ((extract(month from date_day)::integer - 1) / 6) + 1 as semester_number,
    date_day = (
        date_trunc('month', date_day) + interval '1 month' - interval '1 day'
    )::date as is_month_end,
    to_char(date_day, 'YYYY-MM') = '{{ var("period") }}' as is_release_month
from days
