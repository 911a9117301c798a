with
source as (
    select *
    from {{ source('landing', 'pkh__components') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('no_peserta') }} as participant_id_pkh,
        nik_art_clean as nik,
        village_code,
        {{ clean_text('nama_art') }} as name,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('hubungan') }} as relation_label,
        {{ parse_code('komponen') }} as component_label,
        {{ parse_birth_date('tgl_lahir') }} as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
