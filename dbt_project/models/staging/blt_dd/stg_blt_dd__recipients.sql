with
source as (
    select *
    from {{ source('landing', 'blt_dd__recipients') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('no_perkades') }} as regulation_number,
        {{ parse_code('kriteria') }} as criterion_label,
        {{ parse_integer('tahun', 2020, 2100) }} as payment_year,
        {{ parse_month('bulan') }} as payment_month,
        {{ parse_rupiah('nilai') }} as amount_idr,
        {{ parse_date('tgl_terima') }} as received_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
