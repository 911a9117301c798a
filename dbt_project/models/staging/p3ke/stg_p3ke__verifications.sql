with
source as (
    select *
    from {{ source('landing', 'p3ke__verifications') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_p3ke') }} as family_id_p3ke,
        {{ clean_text('id_individu') }} as individual_id_p3ke,
        coalesce(nik_perbaikan_clean, nik_clean) as nik,
        nomor_kk_clean as family_card,
        village_code,
        coalesce(
            {{ clean_text('nama_perbaikan') }},
            {{ clean_text('nama') }}
        ) as name,
        {{ parse_code('prioritas_verval') }} as priority_label,
        {{ clean_text('verval_alasan_tidak_memenuhi_kriteria') }} as reason_text,
        {{ clean_text('verval_keterangan') }} as remark_text,
        {{ parse_code('sumber_data') }} as target_source_label,
        {{ parse_code('status_keberadaan_target') }} as presence_label,
        {{ parse_code('status_verifikasi') }} as status_label,
        {{ parse_code('padan_dukcapil') }} as padan_code,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('hubungan_dengan_kepala_keluarga') }} as relation_label,
        {{ parse_code('status_kawin') }} as marital_code,
        {{ parse_code('pekerjaan') }} as job_label,
        {{ parse_code('status_pekerjaan') }} as job_status_code,
        {{ parse_code('pendidikan') }} as education_label,
        {{ parse_code('kelompok_umur') }} as age_group_label,
        {{ parse_code('resiko_stunting') }} as stunting_risk_code,
        {{ parse_code('kepemilikan_rumah') }} as house_ownership_code,
        {{ parse_code('memiliki_simpanan_uang_perhiasan_ternak_lainnya') }}
            as savings_code,
        {{ parse_code('jenis_atap') }} as roof_code,
        {{ parse_code('kualitas_atap') }} as roof_quality_code,
        {{ parse_code('jenis_dinding') }} as wall_code,
        {{ parse_code('kualitas_dinding') }} as wall_quality_code,
        {{ parse_code('jenis_lantai') }} as floor_code,
        {{ parse_code('kualitas_lantai') }} as floor_quality_code,
        {{ parse_code('sumber_penerangan') }} as lighting_code,
        {{ parse_code('daya_listrik_terpasang') }} as power_code,
        {{ parse_code('bahan_bakar_memasak') }} as cooking_fuel_code,
        {{ parse_code('sumber_air_minum') }} as water_code,
        {{ parse_code('memiliki_fasilitas_buang_air_besar') }} as toilet_code,
        {{ parse_code('verval_memenuhi_kriteria_p3ke') }} as verdict_label,
        {{ decision_code(
            'verval_memenuhi_kriteria_p3ke',
            'verval_alasan_tidak_memenuhi_kriteria'
        ) }} as decision_code,
        'verval_p3ke' as officer_role,
        {{ parse_flag('penerima_bpnt') }} as is_bpnt_recorded,
        {{ parse_flag('penerima_bpum') }} as is_bpum_recorded,
        {{ parse_flag('penerima_bst') }} as is_bst_recorded,
        {{ parse_flag('penerima_pkh') }} as is_pkh_recorded,
        {{ parse_flag('penerima_sembako') }} as is_sembako_recorded,
        {{ parse_flag('penerima_prakerja') }} as is_prakerja_recorded,
        {{ parse_flag('penerima_kur') }} as is_kur_recorded,
        {{ parse_integer('dimuktakhirkan_tahun', 0, 999999999) }} as updated_year,
        {{ parse_desil('desil_kesejahteraan') }} as desil,
        {{ parse_integer('persentil', 0, 999999999) }} as percentile,
        {{ parse_integer('umur', 0, 130) }} as age_recorded,
        {{ parse_birth_date('tanggal_lahir') }} as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
