-- Whom an office should help this month, by name, with what it needs to do its
-- work and no more (R41): the housing office sees the house, nobody sees health.
-- The offices' lists by name are made from it, and nothing else.
with
recommended as (
    select *
    from {{ ref('int_interventions_recommended') }}
    where not is_helped_already
),

offices as (
    select *
    from {{ ref('offices') }} as listed
    where {{ is_in_force('listed') }}
        and listed.gets_delivery_list
),

homes as (
    select * from {{ ref('int_household_homes_described') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

linked as (
    select * from {{ ref('int_person_records_linked') }}
),

records as (
    select * from {{ ref('int_person_records_unioned') }}
),

feed_precedence as (
    select *
    from {{ ref('feed_precedence') }} as precedence
    where precedence.attribute = 'identity'
        and {{ is_in_force('precedence') }}
),

members as (
    select distinct person_id
    from recommended
    where person_id is not null
),

-- A member as the list closest to the civil registry spells the name; a family is
-- named by its head, as on every other list by name.
named as (
    select distinct on (members.person_id)
        members.person_id,
        records.name,
        records.nik
    from members
    inner join linked
        on members.person_id = linked.person_id
    inner join records
        on linked.record_id = records.record_id
    left join feed_precedence
        on linked.feed = feed_precedence.feed
    where records.name is not null
    order by
        members.person_id asc,
        feed_precedence.rank asc nulls last,
        (records.nik is null) asc,
        linked.record_id asc
)

select
    recommended.recommendation_id,
    recommended.opd_code,
    recommended.programme_code,
    recommended.measure,
    recommended.household_id,
    recommended.person_id,
    named.name as member_name,
    named.nik as member_nik,
    recommended.village_code,
    recommended.desil,
    case when recommended.indicator_code = 'RUMAH' then homes.roof_code end
        as roof_code,
    case when recommended.indicator_code = 'RUMAH' then homes.wall_code end
        as wall_code,
    case when recommended.indicator_code = 'RUMAH' then homes.floor_code end
        as floor_code,
    -- Priority orders, it never leaves anybody out (R37).
    row_number() over (
        partition by recommended.opd_code, recommended.programme_code
        order by
            regions.priority_tier asc nulls last,
            recommended.desil asc nulls last,
            recommended.deprivation_count desc,
            recommended.recommendation_id asc
    ) as priority_rank
from recommended
inner join offices
    on recommended.opd_code = offices.opd_code
left join homes
    on recommended.household_id = homes.household_id
left join named
    on recommended.person_id = named.person_id
left join regions
    on recommended.village_code = regions.village_code
