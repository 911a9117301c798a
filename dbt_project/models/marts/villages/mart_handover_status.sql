with
villages as (
    select * from {{ ref('int_regions_prioritised') }}
),

newest as (
    select * from {{ ref('int_handovers_resolved') }}
),

-- Handovers the news reported; their records were never delivered here (R16).
reported as (
    select * from {{ ref('known_handovers') }}
    where as_of <= {{ cut_off_date() }}
),

families as (
    select
        desa_code,
        count(*) filter (where in_p3ke)::integer as families_on_p3ke,
        coalesce(sum(members) filter (where in_p3ke), 0)::integer
            as persons_in_those_families
    from {{ ref('mart_households') }}
    group by desa_code
)

select
    {{ surrogate_key(['villages.village_code']) }} as row_id,
    {{ release_columns() }},
    villages.kecamatan_code,
    villages.kecamatan_name,
    villages.village_code as desa_code,
    villages.village_name as desa_name,
    villages.village_kind,
    case villages.village_kind
        when 'desa' then 'KADES' else 'LURAH'
    end as expected_receiver,
    case
        when newest.is_signed_record then 'SIGNED'
        when newest.village_code is not null then 'UNSIGNED'
        when reported.village_code is not null then 'REPORTED'
        else 'MISSING'
    end as handover_status,
    newest.minutes_number,
    newest.decided_date as handed_over_on,
    newest.list_version,
    newest.families as families_handed_over,
    newest.persons as persons_handed_over,
    newest.giver_office,
    newest.receiver_role,
    case
        when newest.receiver_role is null then null
        when villages.village_kind = 'desa'
            then upper(newest.receiver_role)
                ~ '(KADES|KEPALA DESA|\mPJ\.? *KADES|PENJABAT)'
        else upper(newest.receiver_role) ~ 'LURAH'
    end as is_receiver_as_expected,
    coalesce(newest.records_delivered, 0) as records_delivered,
    reported.village_code is not null as is_reported_case,
    reported.as_of as reported_on,
    coalesce(families.families_on_p3ke, 0) as families_on_p3ke,
    coalesce(families.persons_in_those_families, 0) as persons_in_those_families,
    newest.families - coalesce(families.families_on_p3ke, 0)
        as families_difference
from villages
left join newest
    on villages.village_code = newest.village_code
left join reported
    on villages.village_code = reported.village_code
left join families
    on villages.village_code = families.desa_code
