with
source as (
    select *
    from {{ source('landing', 'pkh__exits') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('no_peserta') }} as participant_id_pkh,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama_pengurus') }} as name,
        {{ clean_text('alasan') }} as reason_text,
        {{ clean_text('no_ba') }} as minutes_number,
        {{ clean_text('pendamping') }} as companion_name,
        {{ clean_text('catatan') }} as remark_text,
        {{ parse_code('jenis_graduasi') }} as exit_kind,
        {{ parse_integer('tahun_masuk', 2007, 2100) }} as joined_year,
        {{ parse_date('tgl_graduasi') }} as exit_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
