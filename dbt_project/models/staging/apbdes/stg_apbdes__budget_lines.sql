with
source as (
    select *
    from {{ source('landing', 'apbdes__budget_lines') }}
    where {{ is_frozen_in_this_release(['village_code']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keg') }} as activity_code,
        village_code,
        {{ clean_text('kd_bid') }} as field_code,
        {{ clean_text('nama_bidang') }} as field_name,
        {{ clean_text('kd_sub') }} as subfield_code,
        {{ clean_text('nama_subbidang') }} as subfield_name,
        {{ clean_text('nama_kegiatan') }} as activity_name,
        {{ clean_text('akun') }} as account_code,
        {{ parse_code('kode_sumber') }} as funding_source,
        {{ parse_integer('tahun', 2000, 2100) }} as budget_year,
        {{ parse_rupiah('anggaran1') }} as original_budget_idr,
        {{ parse_rupiah('anggaran2') }} as revised_budget_idr,
        {{ parse_rupiah('realisasi1') }} as realised_before_idr,
        {{ parse_rupiah('realisasi2') }} as realised_idr,
        {{ lineage_columns() }}
    from source
)

select * from renamed
