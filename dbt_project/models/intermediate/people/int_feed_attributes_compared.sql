{{ config(materialized='view') }}

with
person_records as (
    select * from {{ ref('int_person_records_unioned') }}
    where feed in ('p3ke', 'dtks', 'pkh', 'dtsen')
),

linked as (
    select * from {{ ref('int_person_records_linked') }}
),

evidence as (
    select * from {{ ref('int_person_evidence_unioned') }}
),

-- All a list says of a person, its own variants side by side.
said as (
    select
        linked.person_id,
        min(linked.household_id) as household_id,
        person_records.feed,
        array_remove(array_agg(distinct person_records.name_key), null)
            as names,
        array_remove(array_agg(distinct person_records.birth_date), null)
            as birth_dates,
        array_remove(array_agg(distinct person_records.sex), null) as sexes,
        array_remove(array_agg(distinct person_records.village_code), null)
            as villages,
        coalesce(bool_or(evidence.is_marked_dead), false) as is_dead
    from person_records
    inner join linked
        on person_records.record_id = linked.record_id
    left join evidence
        on person_records.record_id = evidence.record_id
    where linked.is_listed and linked.person_id is not null
    group by linked.person_id, person_records.feed
),

-- Two lists disagree about what both know when not one of their answers meets.
paired as (
    select
        one.person_id,
        one.household_id,
        one.feed as feed_a,
        other.feed as feed_b,
        one.names && other.names as is_name_same,
        cardinality(one.names) * cardinality(other.names) > 0
            as is_name_known,
        one.birth_dates && other.birth_dates as is_birth_date_same,
        cardinality(one.birth_dates) * cardinality(other.birth_dates) > 0
            as is_birth_date_known,
        one.sexes && other.sexes as is_sex_same,
        cardinality(one.sexes) * cardinality(other.sexes) > 0 as is_sex_known,
        one.villages && other.villages as is_village_same,
        cardinality(one.villages) * cardinality(other.villages) > 0
            as is_village_known,
        one.is_dead = other.is_dead as is_alive_same
    from said as one
    inner join said as other
        on one.person_id = other.person_id
            and array_position(array['p3ke', 'dtks', 'pkh', 'dtsen'], one.feed)
            < array_position(array['p3ke', 'dtks', 'pkh', 'dtsen'], other.feed)
)

select
    paired.person_id,
    paired.household_id,
    paired.feed_a,
    paired.feed_b,
    compared.attribute,
    compared.is_same
from paired
cross join
    lateral (
        values
        ('NAME', paired.is_name_known, paired.is_name_same),
        (
            'BIRTH_DATE', paired.is_birth_date_known,
            paired.is_birth_date_same
        ),
        ('SEX', paired.is_sex_known, paired.is_sex_same),
        ('VILLAGE', paired.is_village_known, paired.is_village_same),
        ('ALIVE', true, paired.is_alive_same)
    ) as compared (attribute, is_known, is_same)
where compared.is_known
