with
source as (
    select *
    from {{ source('landing', 'dtsen__individuals') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga') }} as family_id_dtsen,
        {{ clean_text('idsemesta') }} as individual_id_dtsen,
        nik_clean as nik,
        no_kk_clean as family_card,
        {{ clean_text('nama') }} as name,
        {{ parse_code('pekerjaan_utama') }} as job_label,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('hub_kepala_keluarga') }} as relation_label,
        {{ parse_code('status_perkawinan') }} as marital_code,
        {{ parse_code('status_dtsen') }} as dtsen_status,
        {{ parse_birth_date('tgl_lahir') }} as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
