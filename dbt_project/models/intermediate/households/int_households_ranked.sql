with
records as (
    select * from {{ ref('int_person_records_linked') }}
),

p3ke_families as (
    select * from {{ ref('stg_p3ke__families') }}
),

p3ke_individuals as (
    select * from {{ ref('stg_p3ke__individuals') }}
),

dtsen_families as (
    select * from {{ ref('stg_dtsen__families') }}
),

-- A member's row of DTSEN carries no desil; the family's row is theirs.
desils_recorded as (
    select
        'p3ke:' || family_id_p3ke as source_family_id,
        min(desil) as desil
    from (
        select
            family_id_p3ke,
            desil
        from p3ke_families
        union all
        select
            family_id_p3ke,
            desil
        from p3ke_individuals
    ) as p3ke_rows
    where family_id_p3ke is not null
    group by family_id_p3ke
    union all
    select
        'dtsen:' || family_id_dtsen,
        min(desil_dtsen)
    from dtsen_families
    where family_id_dtsen is not null
    group by family_id_dtsen
),

families_of_households as (
    select
        records.household_id,
        records.feed,
        records.source_family_id,
        desils_recorded.desil,
        count(distinct records.person_id) as people
    from records
    inner join desils_recorded
        on records.source_family_id = desils_recorded.source_family_id
    where records.entity in ('families', 'individuals')
    group by
        records.household_id, records.feed, records.source_family_id,
        desils_recorded.desil
),

-- Several recorded families may live in one household today: of each list, the
-- one with the best rank, that is the lowest desil, speaks for it.
speaking as (
    select distinct on (household_id, feed)
        household_id,
        feed,
        source_family_id,
        desil
    from families_of_households
    order by
        household_id asc,
        feed asc,
        desil asc nulls last,
        people desc,
        source_family_id asc
),

-- The lists rank differently: side by side, and one of them decides.
ranked as (
    select
        household_id,
        max(substr(source_family_id, 6)) filter (where feed = 'p3ke')
            as family_id_p3ke,
        max(desil) filter (where feed = 'p3ke') as desil_p3ke,
        max(desil) filter (where feed = 'dtsen') as desil_dtsen
    from speaking
    group by household_id
),

decided as (
    select
        household_id,
        family_id_p3ke,
        desil_p3ke,
        desil_dtsen,
        {{ desil_source() }} as deciding_source
    from ranked
)

select
    household_id,
    family_id_p3ke,
    desil_p3ke,
    desil_dtsen,
    case deciding_source when 'DTSEN' then desil_dtsen else desil_p3ke end
        as desil,
    case
        when deciding_source = 'DTSEN' and desil_dtsen is not null then 'DTSEN'
        when deciding_source = 'P3KE' and desil_p3ke is not null then 'P3KE'
    end as desil_source
from decided
