with
source as (
    select *
    from {{ source('landing', 'tjsp__commitments') }}
    where {{ is_frozen_in_this_release(['perusahaan']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('perusahaan') }} as company_name,
        -- The list is of the companies' forum unless it says otherwise.
        coalesce({{ partner_code('partner_type') }}, 'TJSP') as partner_code,
        village_code,
        {{ parse_code('program') }} as programme_label,
        {{ clean_text('no_mou') }} as agreement_number,
        {{ parse_code('indikator') }} as indicator_label,
        {{ parse_code('status') }} as status_label,
        {{ commitment_status('status') }} as commitment_status,
        {{ parse_flag('forum_tjsp') }} as is_forum_member,
        {{ parse_integer('tahun', 2000, 2100) }} as commitment_year,
        {{ parse_count('unit_target') }} as target_units,
        {{ parse_rupiah('biaya_satuan') }} as unit_cost_idr,
        {{ parse_rupiah('nilai_komitmen') }} as committed_idr,
        {{ parse_rupiah('realised_rp') }} as reported_idr,
        {{ clean_text('evidence_no') }} as evidence_number,
        {{ parse_date('evidence_date') }} as evidence_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
