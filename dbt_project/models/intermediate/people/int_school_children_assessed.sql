with
individuals as (
    select * from {{ ref('stg_p3ke__individuals') }}
),

records as (
    select * from {{ ref('int_person_records_linked') }}
),

education_levels as (
    select * from {{ ref('education_levels') }}
),

-- The age band and the schooling are of the same day, that of the census: a
-- child who was five then and is seven now is not out of school.
assessed as (
    select
        individuals.record_id,
        records.person_id,
        records.household_id,
        not education_levels.is_attending
        and not education_levels.has_finished_upper_secondary
            as is_out_of_school
    from individuals
    inner join records
        on individuals.record_id = records.record_id
    inner join education_levels
        on individuals.education_label = education_levels.education_label
    where individuals.age_band in ('7-12', '13-15', '16-18')
)

select * from assessed
