with
offered as (
    select offer_code, count(*) as households
    from {table}
    where offer_status in ('OFFERED', 'ACCEPTED') and offer_code <> 'BAZNAS'
    group by offer_code
),

promised as (
    select offer_code, sum(open_units) as open_units
    from {release}.mart_partner_commitments
    group by offer_code
)

select
    (
        select
            count(*) - count(distinct household_id)
            + count(*) filter (where (offered_to is null) <> (offer_status = 'FUNDED_ELSEWHERE'))
        from {table}
    ) as households_offered_twice,
    (
        select count(*)
        from offered
        left join promised on offered.offer_code = promised.offer_code
        where offered.households > coalesce(promised.open_units, 0)
    ) as commitments_overdrawn
