with
source as (
    select *
    from {{ source('landing', 'bps__indicators') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('kode_wilayah') }} as region_code,
        {{ clean_text('nama_wilayah') }} as region_name,
        {{ clean_text('indikator') }} as indicator_name,
        {{ parse_code('satuan') }} as unit_label,
        {{ clean_text('sumber') }} as source_text,
        {{ parse_code('sistem_kode') }} as code_system,
        {{ parse_integer('tahun', 1990, 2100) }} as figure_year,
        {{ parse_month('bulan') }} as figure_month,
        -- Rates have a decimal comma or point; people and rupiah are counted.
        case
            when {{ parse_code('satuan') }}
                ~ '^(RP|RUPIAH|IDR|JIWA|ORANG|KELUARGA|KK|RUMAH TANGGA)\M'
                or {{ parse_code('indikator') }} ~ '^GARIS KEMISKINAN'
                then {{ parse_count('nilai') }}
            else {{ parse_decimal('nilai') }}
        end as figure,
        {{ parse_date('per_tanggal') }} as as_of,
        {{ lineage_columns() }}
    from source
)

select * from renamed
