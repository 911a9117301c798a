with
source as (
    select *
    from {{ source('landing', 'opd__deliveries') }}
    where {{ is_frozen_in_this_release(['office', 'opd_code']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_sumber') }} as source_family_number,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('office') }} as office_code,
        {{ clean_text('opd_code') }} as opd_code,
        {{ clean_text('programme_code') }} as programme_code,
        {{ clean_text('sub_kegiatan_code') }} as sub_activity_code,
        {{ clean_text('kelompok') }} as group_name,
        {{ parse_code('jenis_bantuan') }} as aid_label,
        {{ parse_code('satuan') }} as unit_name,
        {{ parse_code('sumber_dana') }} as funding_source,
        {{ clean_text('no_bast') }} as evidence_number,
        {{ parse_code('sumber_data') }} as target_source_label,
        {{ parse_code('jenjang') }} as school_level_label,
        {{ parse_code('segmen') }} as segment_label,
        {{ parse_code('jenis_usaha') }} as business_label,
        {{ parse_code('kondisi_atap') }} as roof_code,
        {{ parse_code('kondisi_dinding') }} as wall_code,
        {{ parse_code('kondisi_lantai') }} as floor_code,
        {{ parse_code('tahap') }} as stage_label,
        {{ clean_text('keterangan') }} as remark_text,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('status') }} as status_label,
        {{ parse_integer('tahun', 2000, 2100) }} as delivery_year,
        {{ parse_month('bulan') }} as delivery_month,
        {{ parse_integer('umur', 0, 130) }} as age_recorded,
        {{ parse_count('jumlah_unit') }} as units,
        {{ parse_rupiah('harga_satuan') }} as unit_cost_idr,
        {{ parse_rupiah('nilai_rp') }} as amount_idr,
        {{ parse_percentage('progres_fisik') }} as physical_progress_pct,
        {{ parse_decimal('luas_m2') }} as floor_area_m2,
        {{ parse_date('tanggal_serah') }} as delivered_date,
        coalesce(
            {{ parse_birth_date('tgl_lahir') }},
            {{ parse_birth_date("regexp_replace(tempat_tgl_lahir, '^.*,', '')") }}
        ) as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
