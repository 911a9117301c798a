with
source as (
    select *
    from {{ source('landing', 'pkh__assisted_families') }}
    where {{ is_frozen_in_this_release(['kelompok']) }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        nik_clean as nik,
        no_kk_clean as family_card,
        village_code,
        {{ clean_text('nama') }} as name,
        {{ clean_text('alamat') }} as address,
        {{ clean_text('kelompok') }} as group_name,
        {{ clean_text('pendamping') }} as companion_name,
        {{ parse_code('status_kepesertaan') }} as membership_status,
        {{ lineage_columns() }}
    from source
)

select * from renamed
