{{ config(
    indexes=[{'columns': ['person_id'], 'unique': true}],
    post_hook='analyze {{ this }}',
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
)

select distinct on (linked.person_id)
    linked.person_id,
    records.name,
    records.nik
from linked
inner join recommended
    on linked.person_id = recommended.person_id
inner join records
    on linked.record_id = records.record_id
left join feed_precedence as identity
    on linked.feed = identity.feed
where records.name is not null
order by
    linked.person_id asc,
    identity.rank asc nulls last,
    (records.nik is null) asc,
    linked.record_id asc
