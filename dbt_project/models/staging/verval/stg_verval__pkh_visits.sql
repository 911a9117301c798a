with
source as (
    select *
    from {{ source('landing', 'verval__pkh_visits') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('no_peserta') }} as participant_id_pkh,
        nik_clean as nik,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('catatan') }} as reason_text,
        {{ clean_text('pendamping') }} as companion_name,
        {{ parse_code('status_kunjungan') }} as verdict_label,
        {{ decision_code('status_kunjungan', 'catatan') }} as decision_code,
        'pendamping_pkh' as officer_role,
        {{ parse_date('tgl') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
