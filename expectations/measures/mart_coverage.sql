with
cells as (
    select
        count(*) filter (
            where num_nulls(eligible, served, exclusion_errors, inclusion_errors, households) > 0
                or least(eligible, served, exclusion_errors, inclusion_errors) < 0
                or exclusion_errors > eligible
                or eligible > households
                or served > households
                or eligible - exclusion_errors + inclusion_errors > served
        ) as cells_contradicting
    from {table}
),

programmes as (
    select programme_code, sum(households) as households
    from {table}
    group by programme_code
)

select
    cells.cells_contradicting,
    (
        select count(*)
        from programmes
        where programmes.households is distinct from (select count(*) from {release}.mart_households)
    ) as programmes_incomplete
from cells
