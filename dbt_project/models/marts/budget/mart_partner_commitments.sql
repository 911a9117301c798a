with
commitments as (
    select * from {{ ref('int_partner_commitments_progressed') }}
)

select
    commitment_key as row_id,
    {{ release_columns() }},
    offer_code,
    partner_code,
    partner_name,
    funder_type,
    is_forum_member,
    agreement_number,
    programme_label,
    programme_code,
    indicator_code,
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    commitment_year,
    commitment_status,
    target_units,
    unit_cost_idr,
    committed_idr,
    reported_idr,
    delivered_units,
    delivered_idr,
    unproven_units,
    unproven_idr,
    is_open,
    open_units,
    has_evidence,
    finding_code
from commitments
