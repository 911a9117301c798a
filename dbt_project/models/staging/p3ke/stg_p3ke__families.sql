with
source as (
    select *
    from {{ source('landing', 'p3ke__families') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_p3ke') }} as family_id_p3ke,
        nik_clean as nik,
        village_code,
        {{ clean_text('kepala_keluarga') }} as name,
        {{ clean_text('alamat') }} as address,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('padan_dukcapil') }} as padan_code,
        {{ parse_code('pekerjaan') }} as job_label,
        {{ parse_code('pendidikan') }} as education_label,
        {{ parse_code('kepemilikan_rumah') }} as house_ownership_code,
        {{ parse_code('memiliki_simpanan_uang_perhiasan_ternak_lainnya') }}
            as savings_code,
        {{ parse_code('jenis_atap') }} as roof_code,
        {{ parse_code('jenis_dinding') }} as wall_code,
        {{ parse_code('jenis_lantai') }} as floor_code,
        {{ parse_code('sumber_penerangan') }} as lighting_code,
        {{ parse_code('bahan_bakar_memasak') }} as cooking_fuel_code,
        {{ parse_code('sumber_air_minum') }} as water_code,
        {{ parse_code('memiliki_fasilitas_buang_air_besar') }} as toilet_code,
        {{ parse_code('resiko_stunting') }} as stunting_risk_code,
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
