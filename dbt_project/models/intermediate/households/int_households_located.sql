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

known as (
    select
        records.household_id,
        records.person_id,
        records.village_code,
        feed_precedence.rank
    from records
    inner join feed_precedence
        on records.feed = feed_precedence.feed
    where records.village_code is not null
),

-- Nearly every household has one village on every list: nothing to decide there.
households as (
    select
        household_id,
        min(village_code) as first_village_code,
        max(village_code) as last_village_code
    from known
    group by household_id
),

villages_counted as (
    select
        known.household_id,
        known.village_code,
        known.rank,
        count(distinct known.person_id) as people
    from known
    inner join households
        on known.household_id = households.household_id
    where households.first_village_code != households.last_village_code
    group by known.household_id, known.village_code, known.rank
),

-- Where the freshest feed that knows the household puts most of its members.
located as (
    select distinct on (household_id)
        household_id,
        village_code
    from villages_counted
    order by household_id asc, rank asc, people desc, village_code asc
)

select
    households.household_id,
    coalesce(located.village_code, households.first_village_code)
        as village_code,
    households.first_village_code != households.last_village_code
        as has_village_conflict
from households
left join located
    on households.household_id = located.household_id
