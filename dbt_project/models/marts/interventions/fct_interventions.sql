{{ config(
    indexes=[
        {'columns': ['household_id']},
        {'columns': ['programme_code']},
    ],
) }}

with
interventions as (
    select * from {{ ref('int_interventions_unioned') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

households as (
    select * from {{ ref('int_households_assessed') }}
),

placed as (
    select
        interventions.*,
        -- Where the list says it was given, else where the family lives.
        coalesce(interventions.village_code, located.village_code)
            as desa_code,
        households.household_id is not null as is_on_target_list,
        households.desil
    from interventions
    left join located
        on interventions.household_id = located.household_id
    left join households
        on interventions.household_id = households.household_id
)

select
    {{ surrogate_key(['intervention_id']) }} as row_id,
    {{ release_columns() }},
    intervention_id,
    household_id,
    person_id,
    left(desa_code, 8) as kecamatan_code,
    desa_code,
    programme_code,
    opd_code,
    office_code,
    sub_activity_code,
    funder_type,
    partner_name,
    strategy,
    indicator_code as indicator,
    amount_idr,
    units,
    delivered_on,
    delivered_period,
    status,
    is_delivered,
    is_completed,
    evidence_kind,
    evidence_number is not null as has_evidence_number,
    finding_code,
    is_on_target_list,
    desil,
    feed,
    entity
from placed
