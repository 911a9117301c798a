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

families_of_people as (
    select
        records.household_id,
        records.person_id,
        records.feed,
        records.source_family_id,
        desils_recorded.desil
    from records
    inner join desils_recorded
        on records.source_family_id = desils_recorded.source_family_id
    where records.entity in ('families', 'individuals')
),

-- Nearly every household is one recorded family of a list, which speaks for it.
lists_of_households as (
    select
        household_id,
        feed,
        min(source_family_id) as source_family_id,
        max(source_family_id) as last_source_family_id,
        min(desil) as desil
    from families_of_people
    group by household_id, feed
),

-- Several recorded families may live in one household today: of each list, the
-- one with the best rank, that is the lowest desil, speaks for it.
families_counted as (
    select
        families_of_people.household_id,
        families_of_people.feed,
        families_of_people.source_family_id,
        families_of_people.desil,
        count(distinct families_of_people.person_id) as people
    from families_of_people
    inner join lists_of_households
        on families_of_people.household_id = lists_of_households.household_id
            and families_of_people.feed = lists_of_households.feed
    where lists_of_households.source_family_id
        != lists_of_households.last_source_family_id
    group by
        families_of_people.household_id, families_of_people.feed,
        families_of_people.source_family_id, families_of_people.desil
),

speaking as (
    select
        household_id,
        feed,
        source_family_id,
        desil
    from lists_of_households
    where source_family_id = last_source_family_id
    union all
    (
        select distinct on (household_id, feed)
            household_id,
            feed,
            source_family_id,
            desil
        from families_counted
        order by
            household_id asc,
            feed asc,
            desil asc nulls last,
            people desc,
            source_family_id asc
    )
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
