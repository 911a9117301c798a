{{ config(materialized='view') }}

with
p3ke_verifications as (
    select * from {{ ref('stg_p3ke__verifications') }}
),

musdes_decisions as (
    select * from {{ ref('stg_verval__musdes_decisions') }}
),

puskesos_visits as (
    select * from {{ ref('stg_verval__puskesos_visits') }}
),

tksk_visits as (
    select * from {{ ref('stg_verval__tksk_visits') }}
),

pkh_visits as (
    select * from {{ ref('stg_verval__pkh_visits') }}
),

unified_decisions as (
    select * from {{ ref('stg_verval__decisions') }}
),

-- A visited family is the family of the list it was visited from. A candidate
-- added by the village has none; a number of an unnamed list is nobody's.
unioned as (
    {{ person_record('p3ke_verifications', 'p3ke', 'verifications', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': "coalesce(relation_label = 'KEPALA KELUARGA', false)",
    }) }}
    union all
    {{ person_record('musdes_decisions', 'verval', 'musdes_decisions', {
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': 'family_id_p3ke is not null',
    }) }}
    union all
    {{ person_record('puskesos_visits', 'verval', 'puskesos_visits', {
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': 'true',
    }) }}
    union all
    {{ person_record('tksk_visits', 'verval', 'tksk_visits', {
        'family_card': 'family_card',
        'source_family_id': "case
            when target_source_label ~ '^(P3KE|DTSEN|DTKS|PKH)$'
                then lower(target_source_label) || ':' || source_family_number
        end",
    }) }}
    union all
    {{ person_record('unified_decisions', 'verval', 'decisions', {
        'source_family_id': "case
            when target_source_label ~ '^(P3KE|DTSEN|DTKS|PKH)$'
                then lower(target_source_label) || ':' || source_family_number
        end",
    }) }}
    union all
    {{ person_record('pkh_visits', 'verval', 'pkh_visits', {
        'source_family_id': "'pkh:' || participant_id_pkh",
    }) }}
)

select * from unioned
