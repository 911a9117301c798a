with
source as (
    select *
    from {{ source('landing', 'tjsp__deliveries') }}
    where {{ is_frozen_in_this_release(['perusahaan']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('perusahaan') }} as company_name,
        nik_penerima_clean as nik,
        village_code,
        {{ clean_text('nama_penerima') }} as name,
        {{ parse_code('program') }} as programme_label,
        {{ clean_text('no_mou') }} as agreement_number,
        {{ clean_text('no_bukti') }} as evidence_number,
        {{ parse_rupiah('nominal') }} as amount_idr,
        {{ parse_date('tanggal') }} as delivered_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
