with
source as (
    select *
    from {{ source('landing', 'baznas__distributions') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        nik_clean as nik,
        village_code,
        {{ clean_text('nama_mustahik') }} as name,
        {{ parse_code('program') }} as programme_label,
        {{ parse_code('cara') }} as method_label,
        {{ parse_code('asnaf') }} as asnaf_code,
        {{ parse_rupiah('nominal') }} as amount_idr,
        {{ parse_date('tanggal') }} as delivered_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
