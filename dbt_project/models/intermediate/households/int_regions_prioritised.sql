with
regions as (
    select * from {{ ref('regions') }}
    where regency_code = '{{ var("regency") }}'
),

code_changes as (
    select * from {{ ref('village_code_changes') }}
),

adopted_lists as (
    select *
    from {{ ref('priority_kecamatan') }} as lists
    where lists.is_adopted
        and lists.regency_code = '{{ var("regency") }}'
        and {{ is_in_force('lists') }}
),

newest_version as (
    select max(list_version) as list_version
    from adopted_lists
),

current_list as (
    select adopted_lists.*
    from adopted_lists
    inner join newest_version
        on adopted_lists.list_version = newest_version.list_version
),

-- A kecamatan split off a listed one counts with it where the list says so.
successors as (
    select distinct
        left(code_changes.new_village_code, 8) as kecamatan_code,
        current_list.tier,
        current_list.list_version
    from code_changes
    inner join current_list
        on left(code_changes.old_village_code, 8) = current_list.kecamatan_code
    where current_list.includes_successors
        -- A village may change its name alone.
        and left(code_changes.new_village_code, 8) != current_list.kecamatan_code
),

kecamatans as (
    select distinct
        regions.kecamatan_code,
        regions.kecamatan_name,
        regions.kecamatan_code_bps,
        coalesce(current_list.tier, successors.tier) as priority_tier,
        coalesce(current_list.list_version, successors.list_version)
            as priority_list_version,
        current_list.tier is null and successors.tier is not null
            as is_priority_by_succession
    from regions
    left join current_list
        on regions.kecamatan_code = current_list.kecamatan_code
    left join successors
        on regions.kecamatan_code = successors.kecamatan_code
)

select
    regions.village_code,
    regions.village_name,
    regions.village_kind,
    code_changes.old_village_code,
    kecamatans.*
from regions
inner join kecamatans
    on regions.kecamatan_code = kecamatans.kecamatan_code
left join code_changes
    on regions.village_code = code_changes.new_village_code
