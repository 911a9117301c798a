with
regions as (
    select distinct
        kecamatan_code,
        kecamatan_name,
        priority_tier,
        priority_list_version,
        is_priority_by_succession
    from {{ ref('int_regions_prioritised') }}
),

villages as (
    select
        kecamatan_code,
        count(*)::integer as villages
    from {{ ref('int_regions_prioritised') }}
    group by kecamatan_code
),

listed as (
    select
        kecamatan_code,
        also_named_in_tier,
        note
    from {{ ref('priority_kecamatan') }} as lists
    where lists.is_adopted
        and lists.regency_code = '{{ var("regency") }}'
        and {{ is_in_force('lists') }}
),

-- Lists that were reported and never adopted stand beside, they decide nothing.
reported as (
    select distinct on (lists.kecamatan_code)
        lists.kecamatan_code,
        lists.tier,
        lists.list_version
    from {{ ref('priority_kecamatan') }} as lists
    where not lists.is_adopted
        and lists.regency_code = '{{ var("regency") }}'
        and {{ is_in_force('lists') }}
    order by lists.kecamatan_code asc, lists.list_version desc
),

families as (
    select
        kecamatan_code,
        count(*)::integer as families_on_any_list,
        count(*) filter (where desil = 1)::integer as families_desil_1,
        count(*) filter (where desil <= 4)::integer as families_desil_1_4,
        count(*) filter (where is_exclusion_error)::integer
            as exclusion_errors
    from {{ ref('mart_households') }}
    group by kecamatan_code
),

counted as (
    select
        regions.*,
        villages.villages,
        listed.also_named_in_tier,
        listed.note as list_note,
        reported.tier as reported_tier,
        reported.list_version as reported_list_version,
        coalesce(families.families_on_any_list, 0) as families_on_any_list,
        coalesce(families.families_desil_1, 0) as families_desil_1,
        coalesce(families.families_desil_1_4, 0) as families_desil_1_4,
        coalesce(families.exclusion_errors, 0) as exclusion_errors
    from regions
    inner join villages
        on regions.kecamatan_code = villages.kecamatan_code
    left join listed
        on regions.kecamatan_code = listed.kecamatan_code
    left join reported
        on regions.kecamatan_code = reported.kecamatan_code
    left join families
        on regions.kecamatan_code = families.kecamatan_code
),

-- The percentage the list was said to follow, computed (R36).
shared as (
    select
        counted.*,
        {{ percentage('families_desil_1', 'families_on_any_list') }}
            as desil_1_pct,
        {{ percentage('families_desil_1_4', 'families_on_any_list') }}
            as desil_1_4_pct,
        {{ percentage('families_desil_1', '(sum(families_desil_1) over ())') }}
            as share_of_regency_desil_1_pct
    from counted
)

select
    {{ surrogate_key(['kecamatan_code']) }} as row_id,
    {{ release_columns() }},
    kecamatan_code,
    kecamatan_name,
    villages,
    priority_tier,
    priority_list_version,
    is_priority_by_succession,
    also_named_in_tier,
    list_note,
    reported_tier,
    reported_list_version,
    families_on_any_list,
    families_desil_1,
    families_desil_1_4,
    exclusion_errors,
    desil_1_pct,
    desil_1_4_pct,
    share_of_regency_desil_1_pct,
    case
        when families_on_any_list > 0
            then (rank() over (order by desil_1_pct desc nulls last))::integer
    end as rank_by_desil_1_share,
    case
        when families_on_any_list > 0
            then (rank() over (
                order by families_desil_1 desc, desil_1_pct desc nulls last
            ))::integer
    end as rank_by_desil_1_families,
    -- Priority orders and never filters: who is on no list comes last (R37).
    (rank() over (
        order by
            priority_tier asc nulls last, desil_1_pct desc nulls last,
            kecamatan_code asc
    ))::integer as order_of_work
from shared
