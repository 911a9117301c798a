with
source as (
    select *
    from {{ source('landing', 'pkh__participants') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('no_peserta') }} as participant_id_pkh,
        upper({{ clean_text('id_keluarga_dtks') }}) as family_id_dtks,
        nik_pengurus_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama_pengurus') }} as name,
        {{ clean_text('alamat') }} as address,
        {{ parse_code('status_kepesertaan') }} as membership_status,
        {{ parse_code('bansos') }} as help_label,
        {{ parse_integer('tahun_masuk', 2007, 2100) }} as joined_year,
        {{ parse_birth_date('tgl_lahir') }} as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
