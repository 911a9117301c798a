with
people as (
    select * from {{ ref('int_people_resolved') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

ranked as (
    select * from {{ ref('int_households_ranked') }}
),

-- Families DTSEN ranks and no list of those to be helped names: the lists' own
-- exclusion errors, which a look at the lists alone can never show (R10).
unlisted as (
    select
        household_id,
        count(*) filter (where not is_dead) as members
    from people
    group by household_id
    having
        bool_or(in_dtsen)
        and not bool_or(in_p3ke or in_dtks or in_pkh)
        and bool_or(not is_dead)
),

counted as (
    select
        located.village_code,
        ranked.desil_dtsen,
        count(*)::integer as households,
        sum(unlisted.members)::integer as persons
    from unlisted
    left join located
        on unlisted.household_id = located.household_id
    left join ranked
        on unlisted.household_id = ranked.household_id
    group by located.village_code, ranked.desil_dtsen
)

-- A month without DTSEN knows of none, and has no row.
select
    {{ surrogate_key(['village_code', 'desil_dtsen']) }} as row_id,
    {{ release_columns() }},
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    desil_dtsen,
    households,
    persons
from counted
