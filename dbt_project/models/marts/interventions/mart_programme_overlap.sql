with
pairs as (
    select * from {{ ref('int_programme_pairs_judged') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

kecamatans as (
    select distinct kecamatan_code
    from regions
),

counted as (
    select
        left(located.village_code, 8) as kecamatan_code,
        pairs.programme_a,
        pairs.programme_b,
        count(*) filter (where pairs.is_same_month)::integer as households,
        count(*)::integer as households_in_year,
        count(*) filter (where pairs.is_breach)::integer as breaches,
        count(*) filter (where pairs.is_double_help)::integer
            as double_help_households
    from pairs
    left join located
        on pairs.household_id = located.household_id
    group by left(located.village_code, 8), pairs.programme_a, pairs.programme_b
),

found as (
    select
        programme_a,
        programme_b,
        min(rule_code) as rule_code,
        bool_or(is_same_indicator) as is_same_indicator
    from pairs
    group by programme_a, programme_b
),

-- A pair that occurs anywhere is shown in every kecamatan (R37), and once
-- without, for families nobody can place.
cells as (
    select
        kecamatans.kecamatan_code,
        found.programme_a,
        found.programme_b
    from kecamatans
    cross join found
    union
    select
        kecamatan_code,
        programme_a,
        programme_b
    from counted
)

select
    {{ surrogate_key([
        'cells.kecamatan_code', 'cells.programme_a', 'cells.programme_b'
    ]) }} as row_id,
    {{ release_columns() }},
    cells.kecamatan_code,
    cells.programme_a,
    cells.programme_b,
    found.rule_code,
    found.is_same_indicator,
    coalesce(counted.households, 0) as households,
    coalesce(counted.households_in_year, 0) as households_in_year,
    coalesce(counted.breaches, 0) as breaches,
    coalesce(counted.double_help_households, 0) as double_help_households,
    case
        when counted.breaches > 0 then 'PAIR_NOT_ALLOWED'
        when counted.double_help_households > 0 then 'DOUBLE_HELP'
    end as finding_code
from cells
inner join found
    on cells.programme_a = found.programme_a
        and cells.programme_b = found.programme_b
left join counted
    on coalesce(cells.kecamatan_code, '') = coalesce(counted.kecamatan_code, '')
        and cells.programme_a = counted.programme_a
        and cells.programme_b = counted.programme_b
