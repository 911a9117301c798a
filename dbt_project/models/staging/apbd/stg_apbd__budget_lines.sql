with
source as (
    select *
    from {{ source('landing', 'apbd__budget_lines') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('kode_skpd') }} as opd_code,
        {{ clean_text('nama_skpd') }} as opd_name,
        {{ clean_text('kode_program') }} as budget_program_code,
        {{ clean_text('kode_sub_kegiatan') }} as sub_activity_code,
        {{ clean_text('nama_sub_kegiatan') }} as sub_activity_name,
        {{ parse_code('sumber_dana') }} as funding_source,
        {{ parse_code('satuan') }} as unit_name,
        {{ parse_code('label_kemiskinan') }} as indicator_label,
        {{ parse_code('strategi') }} as strategy_label,
        {{ parse_integer('tahun_anggaran', 2000, 2100) }} as budget_year,
        {{ parse_month('waktu_awal') }} as window_from_month,
        {{ parse_month('waktu_akhir') }} as window_to_month,
        {{ parse_rupiah('harga_satuan') }} as unit_cost_idr,
        {{ parse_rupiah('pagu_murni') }} as original_ceiling_idr,
        {{ parse_rupiah('pagu_perubahan') }} as revised_ceiling_idr,
        {{ parse_rupiah('bulan_1') }} as planned_month_1_idr,
        {{ parse_rupiah('bulan_2') }} as planned_month_2_idr,
        {{ parse_rupiah('bulan_3') }} as planned_month_3_idr,
        {{ parse_rupiah('bulan_4') }} as planned_month_4_idr,
        {{ parse_rupiah('bulan_5') }} as planned_month_5_idr,
        {{ parse_rupiah('bulan_6') }} as planned_month_6_idr,
        {{ parse_rupiah('bulan_7') }} as planned_month_7_idr,
        {{ parse_rupiah('bulan_8') }} as planned_month_8_idr,
        {{ parse_rupiah('bulan_9') }} as planned_month_9_idr,
        {{ parse_rupiah('bulan_10') }} as planned_month_10_idr,
        {{ parse_rupiah('bulan_11') }} as planned_month_11_idr,
        {{ parse_rupiah('bulan_12') }} as planned_month_12_idr,
        {{ lineage_columns() }}
    from source
)

select * from renamed
