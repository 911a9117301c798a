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

pkh_assisted_families as (
    select * from {{ ref('stg_pkh__assisted_families') }}
),

component_labels as (
    select * from {{ ref('pkh_component_labels') }}
),

payment_statuses as (
    select * from {{ ref('payment_statuses') }}
),

pkh_components as (
    select
        components.*,
        component_labels.component_code
    from {{ ref('stg_pkh__components') }} as components
    left join component_labels
        on components.component_label = component_labels.component_label
),

pkh_payments as (
    select
        payments.*,
        payment_statuses.means_dead
    from {{ ref('stg_pkh__payments') }} as payments
    left join payment_statuses
        on payments.payment_status = payment_statuses.payment_status
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

-- The caretaker of a PKH family is often the wife: not known to be its head. "Asesmen
-- meninggal" in DTSEN is a death somebody still looks into: not dead yet.
unioned as (
    {{ person_record('p3ke_families', 'p3ke', 'families', {
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': 'true',
        'job_label': 'job_label',
        'stunting_risk_code': 'stunting_risk_code',
    }, says=true) }}
    union all
    {{ person_record('p3ke_individuals', 'p3ke', 'individuals', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'p3ke:' || family_id_p3ke",
        'is_family_head': heads,
        'job_label': 'job_label',
        'stunting_risk_code': 'stunting_risk_code',
    }, says=true) }}
    union all
    {{ person_record('dtks_individuals', 'dtks', 'individuals', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'dtks:' || family_card",
        'is_family_head': heads,
        'mother_name': 'mother_name',
        'job_label': 'job_label',
        'is_marked_dead': 'is_marked_dead',
        'is_marked_disabled': 'is_marked_disabled',
        'is_bpnt_recipient': 'coalesce(is_bpnt_recipient, false)',
        'is_pbi_recipient': 'coalesce(is_pbi_recipient, false)',
    }, says=true) }}
    union all
    -- A list of several programmes tells of each family which of them it gets.
    {{ person_record('pkh_participants', 'pkh', 'participants', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'source_family_id': "'pkh:' || participant_id_pkh",
        'is_bpnt_recipient': "case
            when help_label ~ '(BPNT|BNPT|SEMBAKO)' then true
        end",
        'is_struck_off': "help_label !~ '(\\mPKH\\M|KELUARGA HARAPAN)'",
    }) }}
    union all
    {{ person_record('pkh_assisted_families', 'pkh', 'assisted_families', {
        'family_card': 'family_card',
    }) }}
    union all
    {{ person_record('pkh_components', 'pkh', 'components', {
        'birth_date': 'birth_date',
        'sex': 'sex',
        'source_family_id': "'pkh:' || participant_id_pkh",
        'is_family_head': heads,
        'is_marked_disabled': "coalesce(component_code = 'DISAB', false)",
        'is_marked_pregnant': "coalesce(component_code = 'BUMIL', false)",
    }, says=true) }}
    union all
    {{ person_record('pkh_payments', 'pkh', 'payments', {
        'family_card': 'family_card',
        'source_family_id': "'pkh:' || participant_id_pkh",
        'is_marked_dead': 'coalesce(means_dead, false)',
    }, says=true) }}
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
        'job_label': 'job_label',
        'is_struck_off': "coalesce(dtsen_status = 'DTSEN NONAKTIF', false)",
    }, says=true) }}
)

select * from unioned
