with
households as (
    select * from {{ ref('int_households_assessed') }}
),

people as (
    select * from {{ ref('int_people_resolved') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

listed as (
    select
        'household' as grain,
        village_code,
        in_p3ke,
        in_dtks,
        in_pkh,
        in_dtsen
    from households
    union all
    -- A person is counted where the household lives.
    select
        'person',
        households.village_code,
        people.in_p3ke,
        people.in_dtks,
        people.in_pkh,
        people.in_dtsen
    from people
    inner join households
        on people.household_id = households.household_id
),

-- Whether DTSEN was landed at all: without it nobody is known to be outside it.
dtsen_landed as (
    select bool_or(in_dtsen) as is_landed
    from people
),

counted as (
    select
        grain,
        village_code,
        in_p3ke,
        in_dtks,
        in_pkh,
        count(*) as listed_count,
        count(*) filter (where in_dtsen) as in_dtsen_count
    from listed
    where in_p3ke or in_dtks or in_pkh
    group by grain, village_code, in_p3ke, in_dtks, in_pkh
),

-- Every village has its seven cells, the empty ones too; a household whose
-- village nobody could resolve has no code.
cells as (
    select
        grains.grain,
        regions.village_code,
        in_p3ke.is_in as in_p3ke,
        in_dtks.is_in as in_dtks,
        in_pkh.is_in as in_pkh
    from regions
    cross join (values ('person'), ('household')) as grains (grain)
    cross join (values (true), (false)) as in_p3ke (is_in)
    cross join (values (true), (false)) as in_dtks (is_in)
    cross join (values (true), (false)) as in_pkh (is_in)
    where in_p3ke.is_in or in_dtks.is_in or in_pkh.is_in
    union all
    select
        grain,
        village_code,
        in_p3ke,
        in_dtks,
        in_pkh
    from counted
    where village_code is null
)

select
    {{ surrogate_key([
        'cells.grain', 'cells.village_code', 'cells.in_p3ke', 'cells.in_dtks',
        'cells.in_pkh'
    ]) }} as row_id,
    {{ release_columns() }},
    left(cells.village_code, 8) as kecamatan_code,
    cells.village_code as desa_code,
    cells.grain,
    cells.in_p3ke,
    cells.in_dtks,
    cells.in_pkh,
    coalesce(counted.listed_count, 0)::integer as count,
    case
        when dtsen_landed.is_landed
            then coalesce(counted.in_dtsen_count, 0)::integer
    end as count_in_dtsen
from cells
cross join dtsen_landed
left join counted
    on cells.grain = counted.grain
        -- An unknown village is a cell like any other.
        and coalesce(cells.village_code, '') = coalesce(counted.village_code, '')
        and cells.in_p3ke = counted.in_p3ke
        and cells.in_dtks = counted.in_dtks
        and cells.in_pkh = counted.in_pkh
