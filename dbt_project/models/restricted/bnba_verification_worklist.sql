{{ config(indexes=[{'columns': ['regency_code', 'kecamatan_code']}]) }}

-- The doors to knock at (R13, R30): what two roles decided differently, what one
-- put off, and every finding nobody has looked into yet.
with
households as (
    select
        household_id,
        kecamatan_code,
        desa_code,
        members,
        desil,
        months_excluded,
        verification_status,
        array_to_string(array_remove(array[
            case when verification_status = 'CONFLICT' then 'CONFLICT' end,
            case when verification_status = 'POSTPONED' then 'POSTPONED' end,
            case when is_inclusion_error then 'INCLUSION_ERROR' end,
            case when is_exclusion_error then 'EXCLUSION_ERROR' end,
            case when has_village_conflict then 'VILLAGE_CONFLICT' end
        ], null), ',') as visit_reasons
    from {{ ref('mart_households') }}
    where verification_status in ('UNVERIFIED', 'CONFLICT', 'POSTPONED')
)

select
    {{ home_columns() }},
    households.members,
    households.visit_reasons,
    households.verification_status,
    -- Longest left out first, then the poorest (R11, R28).
    row_number() over (
        partition by households.desa_code
        order by
            households.months_excluded desc,
            households.desil asc nulls last,
            households.household_id asc
    )::integer as visit_rank
from {{ homes() }}
where households.visit_reasons != ''
