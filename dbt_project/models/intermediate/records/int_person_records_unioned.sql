{{ config(
    indexes=[{'columns': ['record_id'], 'unique': true}],
    post_hook='analyze {{ this }}',
) }}

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

unioned as (
    select
        record_id,
        regency_code,
        period,
        'p3ke' as feed,
        'families' as entity,
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        null::text as family_card,
        name,
        birth_date,
        sex,
        village_code,
        'p3ke:' || family_id_p3ke as source_family_id,
        true as is_family_head,
        null::text as mother_name
    from p3ke_families
    union all
    select
        record_id,
        regency_code,
        period,
        'p3ke',
        'individuals',
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        family_card,
        name,
        birth_date,
        sex,
        village_code,
        'p3ke:' || family_id_p3ke,
        coalesce(relation_label = 'KEPALA KELUARGA', false),
        null::text
    from p3ke_individuals
    union all
    select
        record_id,
        regency_code,
        period,
        'dtks',
        'individuals',
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        family_card,
        name,
        birth_date,
        sex,
        village_code,
        'dtks:' || family_card,
        coalesce(relation_label = 'KEPALA KELUARGA', false),
        mother_name
    from dtks_individuals
    union all
    -- The caretaker of a PKH family is often the wife: not known to be its head.
    select
        record_id,
        regency_code,
        period,
        'pkh',
        'participants',
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        family_card,
        name,
        birth_date,
        null::text,
        village_code,
        'pkh:' || participant_id_pkh,
        false,
        null::text
    from pkh_participants
    union all
    select
        record_id,
        regency_code,
        period,
        'pkh',
        'components',
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        null::text,
        name,
        birth_date,
        sex,
        village_code,
        'pkh:' || participant_id_pkh,
        coalesce(relation_label = 'KEPALA KELUARGA', false),
        null::text
    from pkh_components
    union all
    select
        record_id,
        regency_code,
        period,
        'pkh',
        'payments',
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        family_card,
        name,
        null::date,
        null::text,
        village_code,
        'pkh:' || participant_id_pkh,
        false,
        null::text
    from pkh_payments
),

keyed as (
    select
        record_id,
        regency_code,
        period,
        feed,
        entity,
        delivery_id,
        source_file,
        sheet,
        source_row,
        nik,
        family_card,
        name,
        {{ name_key('name') }} as name_key,
        birth_date,
        sex,
        village_code,
        source_family_id,
        is_family_head,
        mother_name
    from unioned
)

select * from keyed
