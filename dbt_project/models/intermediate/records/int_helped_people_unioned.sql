{{ config(materialized='view') }}

with
opd_deliveries as (
    select * from {{ ref('stg_opd__deliveries') }}
),

blt_dd_recipients as (
    select * from {{ ref('stg_blt_dd__recipients') }}
),

tjsp_deliveries as (
    select * from {{ ref('stg_tjsp__deliveries') }}
),

baznas_distributions as (
    select * from {{ ref('stg_baznas__distributions') }}
),

tni_housing_units as (
    select * from {{ ref('stg_tni__housing_units') }}
),

-- A recipient is not known to be the head, and a pupil or an old person is not.
unioned as (
    {{ person_record('opd_deliveries', 'opd', 'deliveries', {
        'family_card': 'family_card',
        'birth_date': 'birth_date',
        'sex': 'sex',
    }) }}
    union all
    {{ person_record('blt_dd_recipients', 'blt_dd', 'recipients', {
        'family_card': 'family_card',
    }) }}
    union all
    {{ person_record('tjsp_deliveries', 'tjsp', 'deliveries') }}
    union all
    {{ person_record('baznas_distributions', 'baznas', 'distributions') }}
    union all
    {{ person_record('tni_housing_units', 'tni', 'housing_units', {
        'family_card': 'family_card',
    }) }}
)

select * from unioned
