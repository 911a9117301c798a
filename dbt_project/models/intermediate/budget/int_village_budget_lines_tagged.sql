{{ config(materialized='view') }}

with
delivered_lines as (
    select * from {{ ref('stg_apbdes__budget_lines') }}
),

activity_tags as (
    select *
    from {{ ref('village_activity_tags') }} as tags
    where {{ is_in_force('tags') }}
),

-- Siskeudes writes "02.04.01", "2.4.1" or puts the village's number before it.
coded as (
    select
        record_id,
        village_code,
        budget_year,
        activity_code,
        activity_name,
        funding_source,
        original_budget_idr,
        coalesce(revised_budget_idr, original_budget_idr) as budget_idr,
        coalesce(realised_idr, realised_before_idr) as realised_idr,
        regexp_replace(
            substring(activity_code from '([0-9]+[.][0-9]+[.][0-9]+)[.]?$'),
            '(^|[.])0+([0-9])', '\1\2', 'g'
        ) as activity_key
    from delivered_lines
),

tagged as (
    select
        coded.record_id,
        bool_or(activity_tags.purpose = 'POVERTY') as is_poverty_line,
        bool_or(activity_tags.purpose = 'POPULATION_DATA')
            as is_population_data_line,
        bool_or(activity_tags.purpose = 'EMPOWERMENT') as is_empowerment_line,
        max(activity_tags.indicator_code) as indicator_code,
        max(activity_tags.strategy) as strategy
    from coded
    inner join activity_tags
        on
            coded.activity_key || '.'
            like activity_tags.activity_prefix || '.%'
    group by coded.record_id
)

select
    coded.*,
    coalesce(tagged.is_poverty_line, false) as is_poverty_line,
    coalesce(tagged.is_population_data_line, false) as is_population_data_line,
    coalesce(tagged.is_empowerment_line, false) as is_empowerment_line,
    tagged.indicator_code,
    tagged.strategy
from coded
left join tagged
    on coded.record_id = tagged.record_id
