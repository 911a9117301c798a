{{ config(materialized='view') }}

with
pathways as (
    select * from {{ ref('int_people_pathways_assigned') }}
),

-- "Help according to age" (R42, R43): the elderly get aid; who can work and does
-- not is trained first, who has a business gets capital, who has another job
-- needs neither; severe disability and pregnancy of working age get care; children
-- follow their family, those of school age to school.
assigned as (
    select
        pathways.person_id,
        pathways.household_id,
        pathways.age,
        pathways.pathway,
        pathways.age_rule_version,
        case
            when
                pathways.pathway = 'FAMILY'
                and pathways.age >= {{ parameter('SCHOOL_AGE_FROM') }}
                then 'SCHOOL'
            when pathways.pathway = 'FAMILY' then 'FAMILY'
            when
                pathways.pathway = 'AID'
                and pathways.age > {{ parameter('WORKING_AGE_TO') }}
                then 'AID'
            when pathways.pathway = 'AID' then 'CARE'
            when coalesce(pathways.pathway, '') != 'TRAIN_OR_CAPITAL' then null
            when pathways.is_self_employed then 'CAPITAL'
            when pathways.is_working is false then 'TRAINING'
            else 'WORKING'
        end as measure
    from pathways
)

select * from assigned
