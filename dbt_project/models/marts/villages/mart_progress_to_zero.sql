with
regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

-- Families remaining on the list: of desil 1 and not ruled out by a visit. A count
-- of a list is no poverty rate, and never becomes one (R2).
families as (
    select
        kecamatan_code,
        desa_code,
        count(*) as families_on_any_list,
        count(*) filter (where desil = 1) as families_listed,
        count(*) filter (
            where desil = 1 and verification_status = 'VERIFIED_ELIGIBLE'
        ) as families_verified,
        count(*) filter (
            where desil = 1 and verification_status = 'VERIFIED_INELIGIBLE'
        ) as families_ruled_out
    from {{ ref('mart_households') }}
    group by kecamatan_code, desa_code
),

-- Every region is a row, and families without a known village are one more (R37).
places as (
    select
        'VILLAGE' as level,
        kecamatan_code,
        kecamatan_name,
        village_code as desa_code,
        village_name as desa_name,
        priority_tier
    from regions
    union all
    select distinct
        'KECAMATAN',
        kecamatan_code,
        kecamatan_name,
        null,
        null,
        priority_tier
    from regions
    union all
    select
        'REGENCY',
        null,
        null,
        null,
        null,
        null
    union all
    select
        'VILLAGE',
        null,
        null,
        null,
        null,
        null
    from families
    where desa_code is null
),

counted as (
    select
        places.level,
        places.kecamatan_code,
        places.kecamatan_name,
        places.desa_code,
        places.desa_name,
        places.priority_tier,
        coalesce(sum(families.families_on_any_list), 0)::integer
            as families_on_any_list,
        coalesce(sum(families.families_listed), 0)::integer as families_listed,
        coalesce(sum(families.families_verified), 0)::integer
            as families_verified,
        coalesce(sum(families.families_ruled_out), 0)::integer
            as families_ruled_out,
        coalesce(
            sum(families.families_listed - families.families_ruled_out), 0
        )::integer as families_remaining_on_list
    from places
    left join families
        on places.level = 'REGENCY'
            or (
                places.level = 'KECAMATAN'
                and places.kecamatan_code = families.kecamatan_code
            )
            or (
                places.level = 'VILLAGE'
                and coalesce(places.desa_code, '')
                = coalesce(families.desa_code, '')
            )
    group by
        places.level,
        places.kecamatan_code,
        places.kecamatan_name,
        places.desa_code,
        places.desa_name,
        places.priority_tier
),

targets as (
    select
        *,
        (
            (target_year - split_part('{{ var("period") }}', '-', 1)::integer) * 12
            + 12 - split_part('{{ var("period") }}', '-', 2)::integer
        ) as months_left
    from {{ ref('poverty_targets') }} as listed
    where listed.target_code = 'EXTREME_POVERTY'
        and {{ is_in_force('listed') }}
),

desil_source as (
    select sources.desil_source
    from {{ ref('desil_sources') }} as sources
    where {{ is_in_force('sources') }}
),

previous as (
    select * from {{ ref('int_previous_progress_read') }}
),

measured as (
    select
        counted.*,
        desil_source.desil_source,
        targets.target_year,
        targets.target_pct,
        targets.tolerance_pct,
        targets.months_left,
        {{ percentage(
            'counted.families_remaining_on_list', 'counted.families_on_any_list'
        ) }} as families_remaining_pct,
        floor(
            counted.families_on_any_list * targets.target_pct / 100
        )::integer as families_at_target,
        floor(
            counted.families_on_any_list
            * (targets.target_pct + targets.tolerance_pct) / 100
        )::integer as families_at_tolerance,
        coalesce(previous.baseline_period, '{{ var("period") }}')
            as baseline_period,
        coalesce(
            previous.baseline_families_remaining,
            counted.families_remaining_on_list
        ) as baseline_families_remaining,
        previous.previous_period,
        previous.previous_families_remaining
    from counted
    cross join desil_source
    left join targets
        on true
    left join previous
        on counted.level = previous.level
            and coalesce(counted.kecamatan_code, '')
            = coalesce(previous.kecamatan_code, '')
            and coalesce(counted.desa_code, '') = coalesce(previous.desa_code, '')
            -- Deciles of two lists are two measures: a new list is a new start.
            and desil_source.desil_source = previous.desil_source
)

select
    {{ surrogate_key(['level', 'kecamatan_code', 'desa_code']) }} as row_id,
    {{ release_columns() }},
    level,
    kecamatan_code,
    kecamatan_name,
    desa_code,
    desa_name,
    priority_tier,
    desil_source,
    families_on_any_list,
    families_listed,
    families_verified,
    families_ruled_out,
    families_remaining_on_list,
    families_remaining_pct,
    target_year,
    target_pct,
    tolerance_pct,
    families_at_target,
    families_at_tolerance,
    greatest(families_remaining_on_list - families_at_target, 0)
        as families_to_target,
    greatest(families_remaining_on_list - families_at_tolerance, 0)
        as families_to_tolerance,
    case
        when target_year is null then 'NO_TARGET'
        when families_on_any_list = 0 then 'NO_LIST'
        when families_remaining_on_list <= families_at_target then 'AT_TARGET'
        when families_remaining_on_list <= families_at_tolerance
            then 'WITHIN_TOLERANCE'
        when months_left < 0 then 'TARGET_MISSED'
        else 'ABOVE_TARGET'
    end as target_status,
    months_left as months_to_target,
    case
        when months_left > 0
            then ceil(
                    greatest(families_remaining_on_list - families_at_target, 0)
                    / months_left::numeric
                )::integer
    end as families_a_month_to_target,
    previous_period,
    families_remaining_on_list - previous_families_remaining
        as change_since_previous,
    baseline_period,
    baseline_families_remaining,
    families_remaining_on_list - baseline_families_remaining
        as change_since_baseline
from measured
