with
source as (
    select *
    from {{ source('landing', 'handover__records') }}
    where {{ is_frozen_in_this_release(['village_code']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        village_code,
        {{ clean_text('no_ba') }} as minutes_number,
        {{ clean_text('versi_p3ke') }} as list_version,
        {{ clean_text('jabatan_penerima') }} as receiver_role,
        -- The office only: a name that stands there is nobody's business here.
        substring(
            {{ parse_code('pihak_menyerahkan') }} from '(BAPPEDA|DINSOS|DPMD)'
        ) as giver_office,
        {{ parse_flag('ditandatangani') }} as is_signed,
        {{ parse_integer('jumlah_keluarga', 0, 100000) }} as families,
        {{ parse_integer('jumlah_individu', 0, 500000) }} as persons,
        {{ parse_date('tanggal_ba') }} as decided_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
