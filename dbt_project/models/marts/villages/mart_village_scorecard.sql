{%- set change = '(verified_extreme_poor_families - baseline_verified_families)' -%}

with
-- Kelurahan have no budget of their own and never compete (R26).
villages as (
    select * from {{ ref('int_regions_prioritised') }}
    where village_kind = 'desa'
),

budget_lines as (
    select
        lines.*,
        max(lines.budget_year) over (partition by lines.village_code)
            as newest_year
    from {{ ref('int_village_budget_lines_tagged') }} as lines
    where lines.budget_year <= left('{{ var("period") }}', 4)::integer
),

budgets as (
    select
        village_code,
        budget_year,
        sum(budget_idr) as budget_idr,
        coalesce(sum(realised_idr), 0) as realised_idr,
        coalesce(sum(budget_idr) filter (where is_poverty), 0)
            as poverty_lines_idr,
        coalesce(sum(budget_idr) filter (where is_population_data), 0)
            as population_data_idr,
        coalesce(sum(realised_idr) filter (where is_empowerment), 0)
            as empowerment_realised_idr
    from budget_lines
    where budget_year = newest_year
    group by village_code, budget_year
),

families as (
    select
        desa_code,
        count(*)::integer as families_on_any_list,
        count(*) filter (
            where desil = 1 and verification_status <> 'VERIFIED_INELIGIBLE'
        )::integer as extreme_poor_families,
        count(*) filter (
            where desil = 1 and verification_status = 'VERIFIED_ELIGIBLE'
        )::integer as verified_extreme_poor_families,
        count(*) filter (where desil <= 4)::integer as families_to_verify,
        count(*) filter (
            where desil <= 4
            and verification_status
            in ('VERIFIED_ELIGIBLE', 'VERIFIED_INELIGIBLE')
        )::integer as verified_families
    from {{ ref('mart_households') }}
    group by desa_code
),

-- The award is yearly (R24): a year is measured against the last month seen before
-- it, and against its own first month where there is none.
previous as (
    select
        desa_code,
        case
            when previous_period >= '{{ var("period")[:4] }}' then baseline_period
            else previous_period
        end as baseline_period,
        case
            when previous_period >= '{{ var("period")[:4] }}'
                then baseline_verified_families
            else previous_verified_families
        end as baseline_verified_families
    from {{ ref('int_previous_scorecards_read') }}
),

weights as (
    select *
    from {{ ref('village_score_weights') }} as listed
    where {{ is_in_force('listed') }}
),

measured as (
    select
        villages.kecamatan_code,
        villages.kecamatan_name,
        villages.village_code as desa_code,
        villages.village_name as desa_name,
        budgets.budget_year,
        budgets.budget_idr,
        budgets.poverty_lines_idr,
        budgets.population_data_idr,
        budgets.realised_idr,
        budgets.empowerment_realised_idr,
        budgets.village_code is not null as has_village_budget,
        coalesce(budgets.poverty_lines_idr > 0, false) as has_poverty_lines,
        coalesce(families.families_on_any_list, 0) as families_on_any_list,
        coalesce(families.extreme_poor_families, 0) as extreme_poor_families,
        coalesce(families.verified_extreme_poor_families, 0)
            as verified_extreme_poor_families,
        coalesce(families.families_to_verify, 0) as families_to_verify,
        coalesce(families.verified_families, 0) as verified_families,
        coalesce(previous.baseline_period, '{{ var("period") }}')
            as baseline_period,
        coalesce(
            previous.baseline_verified_families,
            families.verified_extreme_poor_families,
            0
        ) as baseline_verified_families
    from villages
    left join budgets
        on villages.village_code = budgets.village_code
    left join families
        on villages.village_code = families.desa_code
    left join previous
        on villages.village_code = previous.desa_code
),

-- What each component measures, in percent; empty where nothing can be measured.
valued as (
    select
        measured.*,
        {{ percentage('poverty_lines_idr', 'budget_idr') }} as poverty_share_pct,
        case
            when baseline_period < '{{ var("period") }}'
                then {{ bounded_percentage(change, 'baseline_verified_families') }}
        end as verified_change_pct,
        {{ percentage('verified_families', 'families_to_verify') }}
            as verification_pct,
        {{ percentage('population_data_idr', 'budget_idr') }}
            as population_data_share_pct,
        {{ percentage('empowerment_realised_idr', 'realised_idr') }}
            as empowerment_share_pct
    from measured
),

-- Between the two ends of its scale a component earns points evenly.
components as (
    select
        valued.desa_code,
        weights.component,
        weights.weight_pct,
        weights.weights_version,
        case
            when figures.figure_pct is not null
                then round(
                        100
                        * least(greatest(
                            (figures.figure_pct - weights.zero_at_pct)
                            / (weights.full_at_pct - weights.zero_at_pct), 0
                        ), 1), 2
                    )
            -- Nobody is left to bring down.
            when weights.component = 'B'
                and valued.extreme_poor_families = 0
                and valued.families_on_any_list > 0
                then 100.00
        end as points
    from valued
    cross join
        lateral (
            values
            ('A', valued.poverty_share_pct),
            ('B', valued.verified_change_pct),
            ('C', valued.verification_pct),
            ('D', valued.population_data_share_pct),
            ('E', valued.empowerment_share_pct)
        ) as figures (component, figure_pct)
    inner join weights
        on figures.component = weights.component
),

scored as (
    select
        desa_code,
        max(weights_version) as weights_version,
        {% for component in ['A', 'B', 'C', 'D', 'E'] -%}
        max(weight_pct) filter (where component = '{{ component }}')
            as weight_{{ component | lower }}_pct,
        max(points) filter (where component = '{{ component }}')
            as score_{{ component | lower }},
        {% endfor -%}
        count(points)::integer as components_measured,
        -- No evidence, no points: a village gains nothing by sending no list.
        coalesce(sum(points * weight_pct), 0) / sum(weight_pct) as total_score
    from components
    group by desa_code
)

select
    {{ surrogate_key(['valued.desa_code']) }} as row_id,
    {{ release_columns() }},
    valued.kecamatan_code,
    valued.kecamatan_name,
    valued.desa_code,
    valued.desa_name,
    valued.budget_year,
    valued.has_village_budget,
    valued.has_poverty_lines,
    valued.budget_idr,
    valued.poverty_lines_idr,
    valued.population_data_idr,
    valued.realised_idr,
    valued.empowerment_realised_idr,
    valued.families_on_any_list,
    valued.extreme_poor_families,
    valued.verified_extreme_poor_families,
    valued.baseline_period,
    valued.baseline_verified_families,
    valued.families_to_verify,
    valued.verified_families,
    valued.poverty_share_pct,
    valued.verified_change_pct,
    valued.verification_pct,
    valued.population_data_share_pct,
    valued.empowerment_share_pct,
    scored.score_a,
    scored.score_b,
    scored.score_c,
    scored.score_d,
    scored.score_e,
    scored.weight_a_pct,
    scored.weight_b_pct,
    scored.weight_c_pct,
    scored.weight_d_pct,
    scored.weight_e_pct,
    scored.weights_version,
    coalesce(scored.components_measured, 0) as components_measured,
    round(coalesce(scored.total_score, 0), 2) as total_score,
    (rank() over (order by coalesce(scored.total_score, 0) desc))::integer
        as regency_rank,
    (rank() over (
        partition by valued.kecamatan_code
        order by coalesce(scored.total_score, 0) desc
    ))::integer as kecamatan_rank
from valued
left join scored
    on valued.desa_code = scored.desa_code
