with
records as (
    select * from {{ ref('int_person_records_linked') }}
),

feed_precedence as (
    select *
    from {{ ref('feed_precedence') }} as precedence
    where precedence.attribute = 'residence'
        and {{ is_in_force('precedence') }}
),

villages_counted as (
    select
        records.household_id,
        records.village_code,
        feed_precedence.rank,
        count(distinct records.person_id) as people
    from records
    inner join feed_precedence
        on records.feed = feed_precedence.feed
    where records.village_code is not null
    group by records.household_id, records.village_code, feed_precedence.rank
),

-- Where the freshest feed that knows the household puts most of its members.
located as (
    select distinct on (household_id)
        household_id,
        village_code
    from villages_counted
    order by household_id asc, rank asc, people desc, village_code asc
),

disputed as (
    select
        household_id,
        count(distinct village_code) > 1 as has_village_conflict
    from villages_counted
    group by household_id
)

select
    located.household_id,
    located.village_code,
    disputed.has_village_conflict
from located
inner join disputed
    on located.household_id = disputed.household_id
