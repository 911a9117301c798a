{{ config(materialized='view') }}
{%- set heads = "coalesce(relation_label in ('1', '1.0', 'KEPALA KELUARGA'), false)" %}

with
p3ke_families as (
    select * from {{ ref('stg_p3ke__families') }}
),

p3ke_individuals as (
    select * from {{ ref('stg_p3ke__individuals') }}
),

dtks_individuals as (
    select * from {{ ref('stg_dtks__individuals') }}
),

pkh_participants as (
    select * from {{ ref('stg_pkh__participants') }}
),

pkh_components as (
    select * from {{ ref('stg_pkh__components') }}
),

pkh_payments as (
    select * from {{ ref('stg_pkh__payments') }}
),

pkh_exits as (
    select * from {{ ref('stg_pkh__exits') }}
),

dtsen_families as (
    select * from {{ ref('stg_dtsen__families') }}
),

dtsen_homes as (
    select
        family_id_dtsen,
        min(village_code) as village_code
    from dtsen_families
    group by family_id_dtsen
),

-- A member of DTSEN carries no place: the family's is theirs.
dtsen_individuals as (
    select
        individuals.*,
        dtsen_homes.village_code
    from {{ ref('stg_dtsen__individuals') }} as individuals
    left join dtsen_homes
        on individuals.family_id_dtsen = dtsen_homes.family_id_dtsen
),

-- The caretaker of a PKH family is often the wife: not known to be its head.
unioned as (
    {{ person_record('p3ke_families', 'p3ke', 'families', {
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': 'true',
    }) }}
    union all
    {{ person_record('p3ke_individuals', 'p3ke', 'individuals', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': heads,
    }) }}
    union all
    {{ person_record('dtks_individuals', 'dtks', 'individuals', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'dtks:' || family_card",
        'is_family_head': heads,
        'mother_name': 'mother_name',
    }) }}
    union all
    {{ person_record('pkh_participants', 'pkh', 'participants', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'source_family_id': "'pkh:' || participant_id_pkh",
    }) }}
    union all
    {{ person_record('pkh_components', 'pkh', 'components', {
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'pkh:' || participant_id_pkh",
        'is_family_head': heads,
    }) }}
    union all
    {{ person_record('pkh_payments', 'pkh', 'payments', {
        'family_card': 'family_card',
        'source_family_id': "'pkh:' || participant_id_pkh",
    }) }}
    union all
    {{ person_record('pkh_exits', 'pkh', 'exits', {
        'family_card': 'family_card',
        'source_family_id': "'pkh:' || participant_id_pkh",
    }) }}
    union all
    {{ person_record('dtsen_families', 'dtsen', 'families', {
        'family_card': 'family_card',
        'source_family_id': "'dtsen:' || family_id_dtsen",
        'is_family_head': 'true',
    }) }}
    union all
    {{ person_record('dtsen_individuals', 'dtsen', 'individuals', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'dtsen:' || family_id_dtsen",
        'is_family_head': heads,
    }) }}
)

select * from unioned
