{{ config(materialized='view') }}

with
people as (
    select * from {{ ref('int_people_resolved') }}
),

linked as (
    select * from {{ ref('int_person_records_linked') }}
),

person_records as (
    select * from {{ ref('int_person_records_unioned') }}
),

-- Whom one list names alone, nobody can compare: four in five, once DTSEN is there.
named_twice as (
    select
        person_id,
        household_id
    from people
    where in_p3ke::integer + in_dtks::integer + in_pkh::integer
        + coalesce(in_dtsen, false)::integer > 1
),

-- A name, a date and a place beside each other, as each record says them.
said as (
    select
        linked.person_id,
        named_twice.household_id,
        array_position(array['p3ke', 'dtks', 'pkh', 'dtsen'], linked.feed)
            as place,
        linked.feed,
        person_records.name_key,
        person_records.birth_date,
        person_records.sex,
        person_records.village_code,
        coalesce(linked.is_marked_dead, false) as is_dead
    from named_twice
    inner join linked
        on named_twice.person_id = linked.person_id
    inner join person_records
        on linked.record_id = person_records.record_id
    where linked.is_listed and linked.feed in ('p3ke', 'dtks', 'pkh', 'dtsen')
),

-- Two lists disagree about what both know when not one of their answers meets:
-- every answer of one has met every answer of the other. Null is what one of the
-- two does not know.
compared as (
    select
        one.person_id,
        one.feed as feed_a,
        other.feed as feed_b,
        min(one.household_id) as household_id,
        bool_or(one.name_key = other.name_key) as is_name_same,
        bool_or(one.birth_date = other.birth_date) as is_birth_date_same,
        bool_or(one.sex = other.sex) as is_sex_same,
        bool_or(one.village_code = other.village_code) as is_village_same,
        bool_or(one.is_dead) = bool_or(other.is_dead) as is_alive_same
    from said as one
    inner join said as other
        on one.person_id = other.person_id and one.place < other.place
    group by one.person_id, one.feed, other.feed
)

select * from compared
