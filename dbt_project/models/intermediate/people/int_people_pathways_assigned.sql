{{ config(materialized='view') }}

with
people as (
    select * from {{ ref('int_people_resolved') }}
),

age_rules as (
    select *
    from {{ ref('age_rules') }} as rules
    where {{ is_in_force('rules') }}
),

-- "Help according to age" (R42, R43): the old get aid, the young get training
-- or capital. Severe disability and pregnancy override working age.
assigned as (
    select
        people.person_id,
        people.household_id,
        people.age,
        people.is_working,
        people.is_self_employed,
        age_rules.age_rule_version,
        case
            when age_rules.pathway = 'TRAIN_OR_CAPITAL'
                and (people.is_disabled or people.is_pregnant)
                then 'AID'
            else age_rules.pathway
        end as pathway
    from people
    left join age_rules
        on people.age >= age_rules.age_from
            and people.age <= coalesce(age_rules.age_to, 200)
    where not people.is_dead
)

select * from assigned
