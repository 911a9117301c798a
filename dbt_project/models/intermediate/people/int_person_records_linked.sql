with
person_records as (
    select * from {{ ref('int_person_records_unioned') }}
),

person_links as (
    select * from {{ source('linkage', 'person_links') }}
),

participants as (
    select * from {{ ref('stg_pkh__participants') }}
),

assisted_families as (
    select * from {{ ref('stg_pkh__assisted_families') }}
),

membership_statuses as (
    select * from {{ ref('pkh_membership_statuses') }}
),

-- Families that left PKH stay in its file for a while; they are not listed.
former_participants as (
    select distinct
        'pkh:' || participants.participant_id_pkh
            as source_family_id
    from participants
    inner join membership_statuses
        on participants.membership_status
            = membership_statuses.membership_status
    where not membership_statuses.is_member
),

-- A companion's list has no participant numbers.
formerly_assisted as (
    select assisted_families.record_id
    from assisted_families
    inner join membership_statuses
        on assisted_families.membership_status
            = membership_statuses.membership_status
    where not membership_statuses.is_member
),

-- Names and numbers stop here: from now on a person is a person_id.
linked as (
    select
        person_records.record_id,
        person_links.person_id,
        person_links.household_id,
        person_records.source_family_id,
        person_records.feed,
        person_records.entity,
        person_records.village_code,
        person_records.is_family_head,
        -- An exit or a visit tells of a family; it does not put one on a list. DTSEN
        -- keeps whom it struck off.
        former_participants.source_family_id is null
        and formerly_assisted.record_id is null
        and person_records.is_struck_off is not true
        and person_records.entity in (
            'families', 'individuals', 'participants', 'components', 'payments',
            'assisted_families'
        ) as is_listed,
        person_records.nik is not null as has_valid_nik,
        person_records.name is not null as has_name,
        person_records.birth_date,
        person_records.job_label,
        person_records.stunting_risk_code,
        person_records.is_marked_dead,
        person_records.is_marked_disabled,
        person_records.is_marked_pregnant,
        person_records.is_bpnt_recipient,
        person_records.is_pbi_recipient
    from person_records
    left join person_links
        on person_records.record_id = person_links.record_id
    left join former_participants
        on person_records.source_family_id
            = former_participants.source_family_id
    left join formerly_assisted
        on person_records.record_id = formerly_assisted.record_id
)

select * from linked
