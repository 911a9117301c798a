with
source as (
    select *
    from {{ source('landing', 'verval__decisions') }}
    where {{ is_frozen_in_this_release(['petugas_peran']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_sumber') }} as source_family_number,
        nik_clean as nik,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('petugas_id') }} as officer_number,
        {{ parse_code('sumber_data') }} as target_source_label,
        {{ clean_text('alasan') }} as reason_text,
        {{ clean_text('no_ba') }} as minutes_number,
        {{ parse_code('keputusan') }} as verdict_label,
        {{ decision_code('keputusan', 'alasan') }} as decision_code,
        {{ officer_role('petugas_peran') }} as officer_role,
        {{ parse_date('tgl_kunjungan') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
