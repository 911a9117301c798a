{{ config(
    indexes=[{'columns': ['record_id'], 'unique': true}],
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
)

select * from unioned
