with
source as (
    select *
    from {{ source('landing', 'tni__housing_units') }}
    where {{ is_frozen_in_this_release(['satuan_tni']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama_penerima') }} as name,
        {{ parse_code('satuan_tni') }} as unit_label,
        {{ parse_code('sumber_dana') }} as funding_source,
        {{ clean_text('no_bast') }} as evidence_number,
        {{ parse_code('status') }} as status_label,
        {{ commitment_status('status') }} as commitment_status,
        {{ parse_integer('tahun', 2000, 2100) }} as build_year,
        {{ parse_rupiah('nilai') }} as amount_idr,
        {{ parse_percentage('progres_fisik') }} as physical_progress_pct,
        {{ parse_date('tgl_selesai') }} as finished_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
