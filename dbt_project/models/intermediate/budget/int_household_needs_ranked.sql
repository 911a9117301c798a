{{ config(
    indexes=[{'columns': ['household_id']}],
) }}

with
households as (
    select * from {{ ref('int_households_assessed') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

programmes_costed as (
    select * from {{ ref('int_programme_budgets_costed') }}
),

needing as (
    select
        -- A kecamatan on no list comes after the listed ones, never out (R37).
        {% for position in range(1, 4) -%}
        case split_part(programmes_costed.priority_order, ',', {{ position }})
            when 'TIER' then coalesce(regions.priority_tier, 99)
            when 'DESIL' then households.desil
            when 'DEPRIVATIONS' then -households.deprivation_count
            else 0
        end as priority_{{ position }},
        {% endfor -%}
        programmes_costed.programme_code,
        households.household_id,
        households.village_code,
        households.desil,
        households.deprivation_count,
        regions.priority_tier,
        programmes_costed.current_ceiling_idr,
        programmes_costed.is_offered_to_partners,
        programmes_costed.unit_cost_idr
        * case programmes_costed.cost_basis
            when 'member' then households.members else 1
        end as cost_idr
    from programmes_costed
    inner join households
        on households.is_eligible
            and households.desil
            between programmes_costed.desil_from and programmes_costed.desil_to
            and {{ has_need('programmes_costed', 'households') }}
    left join regions
        on households.village_code = regions.village_code
),

-- R28: whoever comes first is funded first, until the ceiling is used up.
ranked as (
    select
        needing.*,
        row_number() over in_order as priority_rank,
        sum(cost_idr) over in_order as cost_to_here_idr
    from needing
    window in_order as (
        partition by programme_code
        order by priority_1, priority_2, priority_3, household_id
        rows between unbounded preceding and current row
    )
)

select
    ranked.*,
    coalesce(cost_to_here_idr <= current_ceiling_idr, false) as is_fundable
from ranked
