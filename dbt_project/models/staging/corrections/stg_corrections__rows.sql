with
source as (
    select *
    from {{ source('landing', 'corrections__rows') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('kunci') }} as correction_key,
        {{ clean_text('berkas') }} as corrected_file,
        {{ clean_text('lembar') }} as corrected_sheet,
        {{ clean_text('baris') }} as corrected_row,
        {{ clean_text('kolom') }} as column_name,
        {{ clean_text('kode_alasan') }} as reason_code,
        {{ clean_text('pemilik') }} as owner_name,
        {{ lineage_columns() }}
    from source
)

select * from renamed
