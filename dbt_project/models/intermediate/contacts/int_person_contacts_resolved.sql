{{ config(
    indexes=[{'columns': ['person_id'], 'unique': true}],
) }}

-- The names of those an office is asked to help in person; of nobody else.
with
records as (
    select * from {{ ref('int_person_records_unioned') }}
),

linked as (
    select * from {{ ref('int_person_records_linked') }}
),

recommended as (
    select distinct person_id
    from {{ ref('int_interventions_recommended') }}
    where person_id is not null
),

feed_precedence as (
    select *
    from {{ ref('feed_precedence') }} as precedence
    where precedence.attribute = 'identity' and {{ is_in_force('precedence') }}
),

chosen as (
    select distinct on (linked.person_id)
        linked.person_id,
        linked.record_id
    from linked
    inner join recommended
        on linked.person_id = recommended.person_id
    left join feed_precedence as identity
        on linked.feed = identity.feed
    where linked.has_name
    order by
        linked.person_id asc,
        identity.rank asc nulls last,
        linked.has_valid_nik desc,
        linked.record_id asc
)

select
    chosen.person_id,
    records.name,
    records.nik
from chosen
inner join records
    on chosen.record_id = records.record_id
