with
source as (
    select *
    from {{ source('landing', 'pkh__payments') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        {{ clean_text('no_peserta') }} as participant_id_pkh,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama_pengurus') }} as name,
        {{ parse_code('bank') }} as bank_code,
        {{ parse_code('status') }} as payment_status,
        {{ parse_code('alokasi') }} as allocation_label,
        {{ clean_text('no_sp2d') }} as payment_order_number,
        {{ parse_integer('tahap', 1, 12) }} as stage,
        {{ parse_integer('tahun', 2007, 2100) }} as stage_year,
        {{ allocation_months('alokasi') }} as stage_months,
        {{ parse_integer('bumil', 0, 20) }} as bumil_count,
        {{ parse_integer('aud', 0, 20) }} as aud_count,
        {{ parse_integer('sd', 0, 20) }} as sd_count,
        {{ parse_integer('smp', 0, 20) }} as smp_count,
        {{ parse_integer('sma', 0, 20) }} as sma_count,
        {{ parse_integer('lansia', 0, 20) }} as lansia_count,
        {{ parse_integer('disabilitas', 0, 20) }} as disab_count,
        {{ parse_rupiah('nominal') }} as amount_idr,
        {{ parse_date('tgl_sp2d') }} as paid_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
