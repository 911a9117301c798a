with
listed as (
    select
        desa_code,
        in_p3ke,
        in_dtks,
        in_pkh,
        count(*) as households
    from {release}.mart_households
    where in_p3ke or in_dtks or in_pkh
    group by desa_code, in_p3ke, in_dtks, in_pkh
),

shown as (
    select
        desa_code,
        in_p3ke,
        in_dtks,
        in_pkh,
        sum(count) as households
    from {table}
    where grain = 'household'
    group by desa_code, in_p3ke, in_dtks, in_pkh
),

both_sides as (
    select desa_code, in_p3ke, in_dtks, in_pkh, households from listed
    union all
    select desa_code, in_p3ke, in_dtks, in_pkh, -households from shown
),

differences as (
    select abs(sum(households)) as difference
    from both_sides
    group by desa_code, in_p3ke, in_dtks, in_pkh
),

cells as (
    select
        count(*) filter (
            where grain is null
                or grain not in ('person', 'household')
                or count is null
                or count < 0
                or (in_p3ke or in_dtks or in_pkh) is not true
        ) as cells_invalid,
        coalesce(sum(count) filter (where grain = 'person'), 0) as people
    from {table}
)

select
    (select coalesce(sum(difference), 0)::bigint from differences) as households_miscounted,
    cells.cells_invalid,
    greatest(cells.people - (select count(distinct person_id) from {work}.person_links), 0)::bigint as people_too_many
from cells
