with
lines as (
    select
        *,
        coalesce(revised_budget_idr, original_budget_idr) as budget_idr,
        -- Some exports put the village before the activity: "2012.02.04.01".
        string_to_array(
            regexp_replace(btrim(activity_code, '. '), '^.*\m[0-9]{4}[.]', ''), '.'
        ) as activity_parts
    from {{ ref('stg_apbdes__budget_lines') }}
),

coded as (
    select
        *,
        concat_ws(
            '.',
            lpad(activity_parts[1], 2, '0'),
            lpad(activity_parts[2], 2, '0'),
            lpad(activity_parts[3], 2, '0')
        ) as activity_path
    from lines
),

tags as (
    select *
    from {{ ref('apbdes_activity_tags') }} as listed
    where {{ is_in_force('listed') }}
),

-- The most particular tag decides: the longest code, then the one that asks a word.
ranked as (
    select
        coded.*,
        tags.tag_code,
        tags.is_poverty,
        tags.is_empowerment,
        tags.is_population_data,
        tags.strategy,
        tags.indicator_code,
        row_number() over (
            partition by coded.record_id
            order by
                length(tags.activity_prefix) desc,
                tags.name_pattern is null,
                tags.tag_code
        ) as particularity
    from coded
    left join tags
        on coded.activity_path like tags.activity_prefix || '%'
            and (
                tags.name_pattern is null
                or upper(coded.activity_name) ~ tags.name_pattern
            )
)

select
    record_id,
    village_code,
    budget_year,
    activity_path,
    activity_name,
    funding_source,
    original_budget_idr,
    budget_idr,
    realised_idr,
    tag_code,
    coalesce(is_poverty, false) as is_poverty,
    coalesce(is_empowerment, false) as is_empowerment,
    coalesce(is_population_data, false) as is_population_data,
    strategy,
    indicator_code
from ranked
where particularity = 1
