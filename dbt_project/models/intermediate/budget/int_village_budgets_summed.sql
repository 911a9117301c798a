with
regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

lines as (
    select *
    from {{ ref('int_village_budget_lines_tagged') }}
    where budget_year = {{ run_year() }}
),

summed as (
    select
        village_code,
        count(*)::integer as budget_lines,
        count(*) filter (where is_poverty)::integer as poverty_lines,
        sum(original_budget_idr) as original_budget_idr,
        sum(budget_idr) as budget_idr,
        sum(realised_idr) as realised_idr,
        sum(budget_idr) filter (where is_poverty) as poverty_budget_idr,
        sum(realised_idr) filter (where is_poverty)
            as poverty_realised_idr,
        sum(budget_idr) filter (where is_population_data)
            as population_data_idr,
        sum(budget_idr) filter (where is_empowerment) as empowerment_idr
    from lines
    group by village_code
),

-- Every village (R37); a kelurahan has no budget of its own, and money of a
-- village nobody knows keeps a row.
placed as (
    select
        coalesce(regions.village_code, summed.village_code) as village_code,
        regions.village_kind,
        summed.village_code is not null or regions.village_code is null
            as has_budget,
        coalesce(regions.village_kind = 'desa', false) as is_expected,
        coalesce(summed.budget_lines, 0) as budget_lines,
        coalesce(summed.poverty_lines, 0) as poverty_lines,
        coalesce(summed.original_budget_idr, 0) as original_budget_idr,
        coalesce(summed.budget_idr, 0) as budget_idr,
        coalesce(summed.realised_idr, 0) as realised_idr,
        coalesce(summed.poverty_budget_idr, 0) as poverty_budget_idr,
        coalesce(summed.poverty_realised_idr, 0) as poverty_realised_idr,
        coalesce(summed.population_data_idr, 0) as population_data_idr,
        coalesce(summed.empowerment_idr, 0) as empowerment_idr
    from regions
    full outer join summed
        on regions.village_code = summed.village_code
)

select
    placed.*,
    coalesce(village_code, 'UNKNOWN') as village_key,
    {{ percentage('poverty_budget_idr', 'budget_idr') }} as poverty_share_pct,
    case
        when has_budget and poverty_lines > 0 then 'COMPLIANT'
        when has_budget then 'NO_POVERTY_LINE'
        when is_expected then 'NO_BUDGET'
        else 'NOT_APPLICABLE'
    end as compliance
from placed
