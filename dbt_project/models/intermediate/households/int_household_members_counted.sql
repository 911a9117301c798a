with
people as (
    select * from {{ ref('int_people_resolved') }}
),

pathways as (
    select * from {{ ref('int_people_pathways_assigned') }}
),

candidates as (
    select household_id
    from {{ ref('int_household_verifications_resolved') }}
    where is_candidate
),

-- The dead stay in the household's history and leave its count.
counted as (
    select
        people.household_id,
        count(*) filter (where not people.is_dead)::integer as members,
        count(*) filter (where people.is_dead)::integer as dead_members,
        count(*) filter (where pathways.pathway = 'AID')::integer
            as members_aid,
        count(*) filter (where pathways.pathway = 'TRAIN_OR_CAPITAL')::integer
            as members_train_or_capital,
        count(*) filter (where pathways.pathway = 'FAMILY')::integer
            as members_family,
        max(pathways.age_rule_version) as age_rule_version,
        count(*) filter (
            where people.age between {{ parameter('WORKING_AGE_FROM') }}
            and {{ parameter('WORKING_AGE_TO') }}
            and not people.is_dead
        )::integer as working_age_members,
        count(*) filter (
            where people.age between {{ parameter('WORKING_AGE_FROM') }}
            and {{ parameter('WORKING_AGE_TO') }}
            and not people.is_dead
            and people.is_working is not false
        )::integer as working_age_members_working_or_unknown,
        bool_or(people.in_p3ke) as in_p3ke,
        bool_or(people.in_dtks) as in_dtks,
        bool_or(people.in_pkh) as in_pkh,
        bool_or(people.in_dtsen) as in_dtsen,
        bool_or(people.is_at_stunting_risk and not people.is_dead)
            as has_stunting_risk,
        bool_or(
            (people.is_disabled or people.is_pregnant) and not people.is_dead
        ) as has_disabled_or_pregnant_member,
        bool_or(people.has_ineligible_job and not people.is_dead)
            as has_ineligible_job,
        bool_or(people.is_bpnt_recipient) as is_bpnt_recipient,
        bool_or(people.is_pbi_recipient) as is_pbi_recipient
    from people
    left join pathways
        on people.person_id = pathways.person_id
    left join candidates
        on people.household_id = candidates.household_id
    group by people.household_id
    -- Reported is whom a target list names, whom DTSEN names once it decides, and
    -- whom the field added (R13); all others are known for linkage's sake only.
    having
        bool_or(people.is_on_target_list)
        or count(candidates.household_id) > 0
        or (bool_or(people.in_dtsen) and {{ desil_source() }} = 'DTSEN')
)

select * from counted
