with
source as (
    select *
    from {{ source('landing', 'verval__puskesos_visits') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_p3ke') }} as family_id_p3ke,
        nik_clean as nik,
        village_code,
        {{ clean_text('nama_kepala_keluarga') }} as name,
        {{ clean_text('alasan') }} as reason_text,
        {{ clean_text('petugas') }} as officer_name,
        {{ parse_code('hasil') }} as verdict_label,
        {{ decision_code('hasil', 'alasan') }} as decision_code,
        'puskesos' as officer_role,
        {{ parse_date('tanggal_kunjungan') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
