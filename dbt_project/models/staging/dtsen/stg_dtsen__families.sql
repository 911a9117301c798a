with
source as (
    select *
    from {{ source('landing', 'dtsen__families') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga') }} as family_id_dtsen,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama_kepala_keluarga') }} as name,
        {{ parse_desil('desil_nasional') }} as desil_dtsen,
        {{ parse_integer('percentile_nasional', 1, 100) }} as percentile_national,
        {{ parse_integer('peringkat_kab_kota', 0, 999999999) }} as rank_in_regency,
        {{ parse_integer('jumlah_anggota', 1, 30) }} as members_recorded,
        {{ lineage_columns() }}
    from source
)

select * from renamed
