with
source as (
    select *
    from {{ source('landing', 'verval__tksk_visits') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_sumber') }} as source_family_number,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('nama_tksk') }} as officer_name,
        {{ parse_code('sumber_data') }} as target_source_label,
        {{ clean_text('alasan') }} as reason_text,
        {{ parse_code('keputusan') }} as verdict_label,
        {{ decision_code('keputusan', 'alasan') }} as decision_code,
        'tksk' as officer_role,
        {{ parse_date('tanggal_kunjungan') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
