{{ config(
    indexes=[{'columns': ['record_id'], 'unique': true}],
    post_hook='analyze {{ this }}',
) }}

with
listed as (
    select * from {{ ref('int_list_people_unioned') }}
),

helped as (
    select * from {{ ref('int_helped_people_unioned') }}
),

visited as (
    select * from {{ ref('int_visited_people_unioned') }}
),

unioned as (
    select * from listed
    union all
    select * from helped
    union all
    select * from visited
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
