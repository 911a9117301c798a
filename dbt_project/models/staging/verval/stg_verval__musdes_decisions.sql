with
source as (
    select *
    from {{ source('landing', 'verval__musdes_decisions') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_keluarga_p3ke') }} as family_id_p3ke,
        nik_clean as nik,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('no_ba') }} as minutes_number,
        {{ clean_text('alasan') }} as reason_text,
        {{ clean_text('pejabat') }} as official_name,
        {{ parse_code('memenuhi_kriteria') }} as verdict_label,
        {{ decision_code('memenuhi_kriteria', 'alasan') }} as decision_code,
        'musdes' as officer_role,
        {{ parse_date('tanggal_ba') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
