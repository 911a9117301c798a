with
source as (
    select *
    from {{ source('landing', 'p3ke__individuals') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_p3ke') }} as family_id_p3ke,
        {{ clean_text('id_individu') }} as individual_id_p3ke,
        nik_clean as nik,
        nomor_kk_clean as family_card,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('padan_dukcapil') }} as padan_code,
        {{ parse_code('hubungan_dengan_kepala_keluarga') }} as relation_label,
        {{ parse_code('status_kawin') }} as marital_label,
        {{ parse_code('pekerjaan') }} as job_label,
        {{ parse_code('pendidikan') }} as education_label,
        {{ parse_code('resiko_stunting') }} as stunting_risk_code,
        {{ p3ke_age_band() }} as age_band,
        {{ parse_desil('desil_kesejahteraan') }} as desil,
        {{ parse_flag('penerima_bpnt') }} as is_bpnt_recorded,
        {{ parse_flag('penerima_bpum') }} as is_bpum_recorded,
        {{ parse_flag('penerima_bst') }} as is_bst_recorded,
        {{ parse_flag('penerima_pkh') }} as is_pkh_recorded,
        {{ parse_flag('penerima_sembako') }} as is_sembako_recorded,
        {{ parse_birth_date('tanggal_lahir') }} as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
