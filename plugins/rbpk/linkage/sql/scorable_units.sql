-- The units Splink compares: each carries the numbers of its pairs, and by those its two units meet.
select
    leftover_units.*,
    involved.pairs
from leftover_units
inner join (
    select
        unit,
        list(pair order by pair) as pairs
    from (
        select
            left_unit as unit,
            pair
        from scorable
        union all
        select
            right_unit as unit,
            pair
        from scorable
    )
    group by unit
) as involved using (unit)
order by leftover_units.unit
