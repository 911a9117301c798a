with
source as (
    select *
    from {{ source('landing', 'decisions__link_pairs') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('id_catatan_kiri') }} as left_record_id,
        {{ clean_text('id_catatan_kanan') }} as right_record_id,
        {{ clean_text('alasan') }} as reason_text,
        {{ clean_text('pemutus') }} as decided_by,
        {{ parse_code('keputusan') }} as verdict_label,
        {{ parse_date('tanggal_putusan') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
