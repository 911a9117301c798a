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
        village_code,
        {{ parse_code('program') }} as programme_label,
        {{ clean_text('no_mou') }} as agreement_number,
        {{ parse_code('indikator') }} as indicator_label,
        {{ parse_code('status') }} as status_label,
        {{ commitment_status('status') }} as commitment_status,
        {{ parse_flag('forum_tjsp') }} as is_forum_member,
        {{ parse_integer('tahun', 2000, 2100) }} as commitment_year,
        {{ parse_decimal('unit_target') }} as target_units,
        {{ parse_rupiah('biaya_satuan') }} as unit_cost_idr,
        {{ parse_rupiah('nilai_komitmen') }} as committed_idr,
        {{ lineage_columns() }}
    from source
)

select * from renamed
