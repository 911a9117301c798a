with
records as (
    select * from {{ ref('int_person_records_linked') }}
),

feed_precedence as (
    select *
    from {{ ref('feed_precedence') }} as precedence
    where {{ is_in_force('precedence') }}
),

jobs as (
    select * from {{ ref('jobs') }}
),

-- Whether DTSEN was landed at all: not in a list that is not there is unknown.
dtsen_counted as (
    select count(*) as records
    from records
    where feed = 'dtsen'
),

-- One look at all records. Nearly everybody's say one birth date and one job;
-- only where the first and the last differ is there anything to decide.
people as (
    select
        records.person_id,
        -- Linkage gives a person one household; the gate asks.
        min(records.household_id) as household_id,
        min(records.birth_date) as first_birth_date,
        max(records.birth_date) as last_birth_date,
        min(jobs.job_code) as first_job_code,
        max(jobs.job_code) as last_job_code,
        -- Right for one job; whoever has two is decided on below.
        bool_or(jobs.is_working) as is_working,
        bool_or(jobs.is_self_employed) as is_self_employed,
        bool_or(records.feed = 'p3ke' and records.is_listed) as in_p3ke,
        bool_or(records.feed = 'dtks' and records.is_listed) as in_dtks,
        bool_or(records.feed = 'pkh' and records.is_listed) as in_pkh,
        bool_or(records.feed = 'dtsen' and records.is_listed) as in_dtsen,
        bool_or(
            records.feed in ('p3ke', 'dtks', 'pkh')
            and records.entity not in ('verifications', 'exits')
        ) as is_on_target_list,
        bool_or(records.is_marked_dead) as is_dead,
        bool_or(records.is_marked_disabled) as is_disabled,
        bool_or(records.is_marked_pregnant) as is_pregnant,
        bool_or(records.is_bpnt_recipient) as is_bpnt_recipient,
        bool_or(records.is_pbi_recipient) as is_pbi_recipient,
        bool_or(coalesce(jobs.is_ineligible, false)) as has_ineligible_job,
        bool_or(records.stunting_risk_code in ('BERESIKO STUNTING', '1'))
            as is_at_stunting_risk
    from records
    left join jobs
        on records.job_label = jobs.job_label
    group by records.person_id
),

disputed as (
    select person_id
    from people
    where first_birth_date != last_birth_date
        or first_job_code != last_job_code
),

disputed_records as (
    select
        records.person_id,
        records.record_id,
        records.feed,
        records.birth_date,
        jobs.job_code,
        jobs.is_working,
        jobs.is_self_employed,
        residence.rank as residence_rank,
        identity.rank as identity_rank
    from records
    inner join disputed
        on records.person_id = disputed.person_id
    left join jobs
        on records.job_label = jobs.job_label
    left join feed_precedence as residence
        on records.feed = residence.feed and residence.attribute = 'residence'
    left join feed_precedence as identity
        on records.feed = identity.feed and identity.attribute = 'identity'
),

-- The birth date most feeds agree on; between equals, the feed that is closest
-- to the civil registry.
birth_dates_counted as (
    select
        person_id,
        birth_date,
        count(distinct feed) as feeds,
        min(identity_rank) as best_rank
    from disputed_records
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
    from disputed_records
    where job_code is not null
    order by person_id asc, residence_rank asc, record_id asc
),

resolved as (
    select
        people.person_id,
        people.household_id,
        coalesce(occupations.job_code, people.first_job_code) as job_code,
        extract(year from age(
            {{ cut_off_date() }},
            coalesce(birth_dates.birth_date, people.first_birth_date)
        ))::integer as age,
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
        case
            when occupations.person_id is null then people.is_working
            else occupations.is_working
        end as is_working,
        case
            when occupations.person_id is null then people.is_self_employed
            else occupations.is_self_employed
        end as is_self_employed
    from people
    cross join dtsen_counted
    left join birth_dates
        on people.person_id = birth_dates.person_id
    left join occupations
        on people.person_id = occupations.person_id
)

select * from resolved
