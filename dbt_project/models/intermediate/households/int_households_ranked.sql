with
records as (
    select * from {{ ref('int_person_records_linked') }}
),

families as (
    select * from {{ ref('stg_p3ke__families') }}
),

individuals as (
    select * from {{ ref('stg_p3ke__individuals') }}
),

desils_recorded as (
    select
        record_id,
        family_id_p3ke,
        desil
    from families
    union all
    select
        record_id,
        family_id_p3ke,
        desil
    from individuals
),

families_of_households as (
    select
        records.household_id,
        desils_recorded.family_id_p3ke,
        min(desils_recorded.desil) as desil,
        count(distinct records.person_id) as people
    from desils_recorded
    inner join records
        on desils_recorded.record_id = records.record_id
    where desils_recorded.family_id_p3ke is not null
    group by records.household_id, desils_recorded.family_id_p3ke
),

-- Several recorded families may live in one household today: the one with the
-- best rank, that is the lowest desil, speaks for it.
ranked as (
    select distinct on (household_id)
        household_id,
        family_id_p3ke,
        desil,
        case when desil is not null then 'P3KE' end as desil_source
    from families_of_households
    order by
        household_id asc,
        desil asc nulls last,
        people desc,
        family_id_p3ke asc
)

select * from ranked
