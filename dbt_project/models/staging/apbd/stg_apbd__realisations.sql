with
source as (
    select *
    from {{ source('landing', 'apbd__realisations') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('kode_skpd') }} as opd_code,
        {{ clean_text('kode_sub_kegiatan') }} as sub_activity_code,
        {{ clean_text('nama_sub_kegiatan') }} as sub_activity_name,
        {{ clean_text('permasalahan') }} as problem_text,
        {{ parse_integer('tahun', 2000, 2100) }} as budget_year,
        {{ parse_month('bulan') }} as report_month,
        {{ parse_rupiah('pagu') }} as ceiling_idr,
        {{ parse_rupiah('rak') }} as planned_idr,
        {{ parse_rupiah('realisasi_anggaran') }} as realised_idr,
        {{ parse_percentage('realisasi_fisik') }} as physical_progress_pct,
        {{ lineage_columns() }}
    from source
)

select * from renamed
