{{ config(
    indexes=[
        {'columns': ['person_id'], 'unique': true},
        {'columns': ['household_id']},
    ],
    post_hook='analyze {{ this }}',
) }}

with
records as (
    select * from {{ ref('int_person_records_linked') }}
),

evidence as (
    select * from {{ ref('int_person_evidence_unioned') }}
),

feed_precedence as (
    select * from {{ ref('feed_precedence') }}
),

jobs as (
    select * from {{ ref('jobs') }}
),

ranked as (
    select
        records.*,
        evidence.stunting_risk_code,
        evidence.is_marked_dead,
        evidence.is_marked_disabled,
        evidence.is_marked_pregnant,
        evidence.is_bpnt_recipient,
        evidence.is_pbi_recipient,
        jobs.job_code,
        jobs.is_working,
        jobs.is_self_employed,
        jobs.is_ineligible,
        residence.rank as residence_rank,
        identity.rank as identity_rank
    from records
    left join evidence
        on records.record_id = evidence.record_id
    left join jobs
        on evidence.job_label = jobs.job_label
    left join feed_precedence as residence
        on records.feed = residence.feed
            and residence.attribute = 'residence'
            and {{ is_in_force('residence') }}
    left join feed_precedence as identity
        on records.feed = identity.feed
            and identity.attribute = 'identity'
            and {{ is_in_force('identity') }}
),

-- Whether DTSEN was landed at all: not in a list that is not there is unknown.
dtsen_counted as (
    select count(*) as records
    from ranked
    where feed = 'dtsen'
),

-- The birth date most feeds agree on; between equals, the feed that is closest
-- to the civil registry.
birth_dates_counted as (
    select
        person_id,
        birth_date,
        count(distinct feed) as feeds,
        min(identity_rank) as best_rank
    from ranked
    where birth_date is not null
    group by person_id, birth_date
),

birth_dates as (
    select distinct on (person_id)
        person_id,
        birth_date
    from birth_dates_counted
    order by person_id asc, feeds desc, best_rank asc, birth_date asc
),

-- Occupation as the freshest feed that knows it says.
occupations as (
    select distinct on (person_id)
        person_id,
        job_code,
        is_working,
        is_self_employed
    from ranked
    where job_code is not null
    order by person_id asc, residence_rank asc, record_id asc
),

people as (
    select
        person_id,
        -- Linkage gives a person one household; a test says so.
        min(household_id) as household_id,
        bool_or(feed = 'p3ke' and is_listed) as in_p3ke,
        bool_or(feed = 'dtks' and is_listed) as in_dtks,
        bool_or(feed = 'pkh' and is_listed) as in_pkh,
        bool_or(feed = 'dtsen' and is_listed) as in_dtsen,
        bool_or(
            feed in ('p3ke', 'dtks', 'pkh')
            and entity not in ('verifications', 'exits')
        ) as is_on_target_list,
        bool_or(is_marked_dead) as is_dead,
        bool_or(is_marked_disabled) as is_disabled,
        bool_or(is_marked_pregnant) as is_pregnant,
        bool_or(is_bpnt_recipient) as is_bpnt_recipient,
        bool_or(is_pbi_recipient) as is_pbi_recipient,
        bool_or(coalesce(is_ineligible, false)) as has_ineligible_job,
        bool_or(stunting_risk_code in ('BERESIKO STUNTING', '1'))
            as is_at_stunting_risk
    from ranked
    group by person_id
),

resolved as (
    select
        people.person_id,
        people.household_id,
        occupations.job_code,
        extract(year from age({{ cut_off_date() }}, birth_dates.birth_date))
        ::integer as age,
        people.in_p3ke,
        people.in_dtks,
        people.in_pkh,
        case when dtsen_counted.records > 0 then people.in_dtsen end as in_dtsen,
        coalesce(people.is_on_target_list, false) as is_on_target_list,
        people.is_dead,
        people.is_disabled,
        people.is_pregnant,
        people.is_bpnt_recipient,
        people.is_pbi_recipient,
        people.has_ineligible_job,
        coalesce(people.is_at_stunting_risk, false) as is_at_stunting_risk,
        occupations.is_working,
        occupations.is_self_employed
    from people
    cross join dtsen_counted
    left join birth_dates
        on people.person_id = birth_dates.person_id
    left join occupations
        on people.person_id = occupations.person_id
)

select * from resolved
