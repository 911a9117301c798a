with
households as (
    select
        count(*) as households,
        count(*) - count(distinct household_id) - count(*) filter (where household_id is null) as households_repeated,
        count(*) filter (where desil not between 1 and 10) as desil_outside_1_10,
        count(desil) as desil_known,
        count(*) filter (where is_exclusion_error) as exclusion_errors,
        count(*) filter (where desa_code is null) as without_village,
        count(*) filter (where members > 15) as oversized,
        count(*) filter (
            where not coalesce(in_p3ke, false) and not coalesce(in_dtks, false) and not coalesce(in_pkh, false)
                and not coalesce(in_dtsen, false) and not coalesce(is_candidate, false)
        ) as unlisted,
        count(*) filter (
            where is_exclusion_error and (not coalesce(is_eligible, false) or coalesce(is_inclusion_error, false))
        ) as errors_contradicting
    from {table}
),

misplaced as (
    select count(*) as villages_unknown
    from {table} as household
    where household.desa_code is not null
        and not exists (
            select 1
            from {release}.dim_regions as region
            where region.desa_code = household.desa_code and region.kecamatan_code = household.kecamatan_code
        )
),

former as (
    select household_id, desil, desa_code, is_exclusion_error
    from {previous}.mart_households
    where release_id = {previous_id}
),

compared as (
    select
        count(*) as former_households,
        count(*) filter (where household.household_id is null) as removed,
        count(*) filter (where household.household_id is not null) as kept,
        count(*) filter (where household.desil is distinct from former.desil and household.household_id is not null)
            as desil_changed
    from former
    left join {table} as household on former.household_id = household.household_id
),

moved as (
    select 50::float * sum(abs(coalesce(today.share, 0) - coalesce(before.share, 0))) as village_shift_pct
    from (
        select coalesce(desa_code, '') as desa_code, count(*)::float / sum(count(*)) over () as share
        from {table}
        group by 1
    ) as today
    full outer join (
        select coalesce(desa_code, '') as desa_code, count(*)::float / sum(count(*)) over () as share
        from former
        group by 1
    ) as before using (desa_code)
),

former_errors as (
    select 100::float * count(*) filter (where is_exclusion_error) / nullif(count(*), 0) as exclusion_pct
    from former
)

select
    households.households_repeated,
    households.desil_outside_1_10,
    households.errors_contradicting,
    misplaced.villages_unknown,
    coalesce(100::float * households.unlisted / nullif(households.households, 0), 0) as unlisted_pct,
    coalesce(100::float * households.without_village / nullif(households.households, 0), 0) as without_village_pct,
    coalesce(100::float * households.desil_known / nullif(households.households, 0), 100) as desil_known_pct,
    coalesce(100::float * households.oversized / nullif(households.households, 0), 0) as oversized_pct,
    coalesce(100::float * compared.removed / nullif(compared.former_households, 0), 0) as removed_pct,
    coalesce(100::float * households.households / nullif(compared.former_households, 0), 100) as households_pct,
    coalesce(100::float * compared.desil_changed / nullif(compared.kept, 0), 0) as desil_changed_pct,
    case when compared.former_households > 0 then coalesce(moved.village_shift_pct, 0) else 0 end as village_shift_pct,
    coalesce(
        abs(100::float * households.exclusion_errors / nullif(households.households, 0) - former_errors.exclusion_pct), 0
    ) as exclusion_shift_points
from households
cross join misplaced
cross join compared
cross join moved
cross join former_errors
