-- The published release beside itself under another cut-off and another ceiling: who needs the
-- programme, whom the ceiling reaches, in rupiah, by kecamatan and in all. The rule is that of
-- dbt's int_household_needs_ranked; `published_*` lets the caller see that both agree.
with
policy as (
    select *
    from published.mart_budget_coverage
    where regency_code = %(regency)s and programme_code = %(programme)s and is_current_phase
),

sides as (
    select false as is_changed, desil_to, ceiling_idr
    from policy
    union all
    select
        true as is_changed,
        coalesce(%(desil_to)s::integer, desil_to) as desil_to,
        greatest(coalesce(ceiling_idr, 0) + %(ceiling_change_idr)s::numeric, 0) as ceiling_idr
    from policy
),

needing as (
    select
        sides.is_changed,
        sides.ceiling_idr,
        households.household_id,
        households.kecamatan_code,
        households.desil,
        households.deprivation_count,
        coalesce(households.priority_tier, 99) as tier,
        policy.priority_order,
        policy.unit_cost_idr * case policy.cost_basis when 'member' then households.members else 1 end as cost_idr
    from policy
    cross join sides
    inner join published.mart_households as households
        on households.regency_code = policy.regency_code
            and households.release_id = policy.release_id
            and households.is_eligible
            and households.desil between policy.desil_from and sides.desil_to
            and (
                policy.needs_indicator_code is null
                or case policy.needs_indicator_code
                    when 'RUMAH' then households.is_deprived_housing
                    when 'PENDIDIKAN' then households.is_deprived_education
                    when 'KESEHATAN' then households.is_deprived_health
                    when 'EKONOMI' then households.is_deprived_economy
                    when 'PEKERJAAN' then households.is_deprived_employment
                end
            )
            and (
                policy.needs_pathway is null
                or case policy.needs_pathway
                    when 'AID' then households.members_aid > 0
                    when 'TRAIN_OR_CAPITAL' then households.members_train_or_capital > 0
                    when 'FAMILY' then households.members_family > 0
                end
            )
            and (
                policy.not_with_programme_code is null
                or policy.not_with_programme_code
                <> all(string_to_array(households.programmes_received, ','))
            )
),

keyed as (
    select
        needing.*,
        array(
            select
                case split_part(needing.priority_order, ',', place.place)
                    when 'TIER' then needing.tier
                    when 'DESIL' then needing.desil
                    when 'DEPRIVATIONS' then -needing.deprivation_count
                    else 0
                end
            from generate_series(1, 3) as place (place)
            order by place.place
        ) as priority
    from needing
),

ranked as (
    select
        keyed.*,
        coalesce(
            sum(cost_idr) over (
                partition by is_changed
                order by priority, household_id
                rows unbounded preceding
            ) <= ceiling_idr,
            false
        ) as is_funded
    from keyed
),

-- Every kecamatan answers, with zeros too.
kecamatans as (
    select regions.region_code as kecamatan_code, regions.region_name as kecamatan_name
    from published.dim_regions as regions
    inner join policy on regions.release_id = policy.release_id
    where regions.regency_code = %(regency)s and regions.level = 'KECAMATAN'
    union all
    select null, 'tidak dikenal / unknown'
    where exists (select 1 from ranked where kecamatan_code is null)
),

counted as (
    select
        kecamatans.kecamatan_code,
        kecamatans.kecamatan_name,
        grouping(kecamatans.kecamatan_name) = 1 as is_total,
        count(ranked.household_id) filter (where not ranked.is_changed) as need_before,
        count(ranked.household_id) filter (where ranked.is_changed) as need_after,
        count(*) filter (where not ranked.is_changed and ranked.is_funded) as funded_before,
        count(*) filter (where ranked.is_changed and ranked.is_funded) as funded_after,
        coalesce(sum(ranked.cost_idr) filter (where not ranked.is_changed), 0) as need_before_idr,
        coalesce(sum(ranked.cost_idr) filter (where ranked.is_changed), 0) as need_after_idr,
        coalesce(sum(ranked.cost_idr) filter (where not ranked.is_changed and ranked.is_funded), 0)
            as funded_before_idr,
        coalesce(sum(ranked.cost_idr) filter (where ranked.is_changed and ranked.is_funded), 0)
            as funded_after_idr
    from kecamatans
    left join ranked on kecamatans.kecamatan_code is not distinct from ranked.kecamatan_code
    group by grouping sets ((kecamatans.kecamatan_code, kecamatans.kecamatan_name), ())
)

select
    policy.release_id,
    policy.phase,
    policy.unit_cost_idr,
    policy.need_households as published_need,
    policy.fundable_households as published_funded,
    before.desil_to as desil_to_before,
    after.desil_to as desil_to_after,
    coalesce(before.ceiling_idr, 0) as ceiling_before_idr,
    after.ceiling_idr as ceiling_after_idr,
    counted.*
from policy
inner join sides as before on not before.is_changed
inner join sides as after on after.is_changed
cross join counted
order by counted.is_total, counted.kecamatan_code
