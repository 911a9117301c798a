{{ config(
    indexes=[{'columns': ['household_id'], 'unique': true}],
) }}

-- Whom to ask for at which door: names and addresses, for the lists by name only.
with
records as (
    select * from {{ ref('int_person_records_unioned') }}
),

linked as (
    select * from {{ ref('int_person_records_linked') }}
),

people as (
    select * from {{ ref('int_people_resolved') }}
),

households as (
    select household_id from {{ ref('int_households_assessed') }}
),

feed_precedence as (
    select *
    from {{ ref('feed_precedence') }} as precedence
    where {{ is_in_force('precedence') }}
),

addresses as (
    select
        record_id,
        address
    from {{ ref('stg_p3ke__families') }}
    union all
    select
        record_id,
        address
    from {{ ref('stg_dtks__individuals') }}
    union all
    select
        record_id,
        address
    from {{ ref('stg_pkh__participants') }}
    union all
    select
        record_id,
        address
    from {{ ref('stg_pkh__assisted_families') }}
),

-- A living head before anybody else, as the list closest to the civil registry
-- spells the name; a record with a usable number before one without. Chosen by
-- what the link says of a record: the name is read of the chosen one only.
chosen as (
    select distinct on (linked.household_id)
        linked.household_id,
        linked.record_id
    from linked
    inner join households
        on linked.household_id = households.household_id
    inner join people
        on linked.person_id = people.person_id
    left join feed_precedence as identity
        on linked.feed = identity.feed and identity.attribute = 'identity'
    where linked.has_name
    order by
        linked.household_id asc,
        people.is_dead asc,
        linked.is_family_head desc,
        identity.rank asc nulls last,
        linked.has_valid_nik desc,
        linked.record_id asc
),

named as (
    select
        chosen.household_id,
        records.name,
        records.nik
    from chosen
    inner join records
        on chosen.record_id = records.record_id
),

addressed as (
    select distinct on (linked.household_id)
        linked.household_id,
        addresses.address
    from linked
    inner join households
        on linked.household_id = households.household_id
    inner join addresses
        on linked.record_id = addresses.record_id
    left join feed_precedence as residence
        on linked.feed = residence.feed and residence.attribute = 'residence'
    where addresses.address is not null
    order by
        linked.household_id asc,
        residence.rank asc nulls last,
        linked.record_id asc
)

select
    households.household_id,
    named.name,
    named.nik,
    addressed.address
from households
left join named
    on households.household_id = named.household_id
left join addressed
    on households.household_id = addressed.household_id
