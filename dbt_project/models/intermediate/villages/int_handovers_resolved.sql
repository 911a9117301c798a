with
records as (
    select
        *,
        coalesce(is_signed, false) as is_signed_record
    from {{ ref('stg_handover__records') }}
    where village_code is not null
        and coalesce(decided_date, '-infinity'::date) <= {{ cut_off_date() }}
),

-- The newest record of a village counts, and a signed one before an unsigned one.
newest as (
    select distinct on (village_code)
        *,
        (count(*) over (partition by village_code))::integer as records_delivered
    from records
    order by
        village_code asc,
        is_signed_record desc,
        decided_date desc nulls last,
        minutes_number desc,
        record_id asc
)

select * from newest
