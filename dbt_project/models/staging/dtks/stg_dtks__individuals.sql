with
source as (
    select *
    from {{ source('landing', 'dtks__individuals') }}
    where {{ is_frozen_in_this_release() }}
),

renamed as (
    select
        {{ record_id() }} as record_id,
        upper({{ clean_text('id_dtks') }}) as individual_id_dtks,
        nik_clean as nik,
        nokk_clean as family_card,
        village_code,
        {{ clean_text('nama') }} as name,
        nullif(concat_ws(
            ' ',
            {{ clean_text('alamat') }},
            'RT ' || {{ clean_text('rt') }},
            'RW ' || {{ clean_text('rw') }}
        ), '') as address,
        {{ clean_text('nama_ibu_kandung') }} as mother_name,
        {{ parse_sex('jenis_kelamin') }} as sex,
        {{ parse_code('keterangan_padan') }} as padan_label,
        {{ parse_code('hub_keluarga') }} as relation_label,
        {{ parse_code('pekerjaan') }} as job_label,
        {{ parse_flag('bansos_bpnt') }} as is_bpnt_recipient,
        {{ parse_flag('bansos_pkh') }} as is_pkh_recipient,
        {{ parse_flag('bansos_bpnt_ppkm') }} as is_bpnt_ppkm_recipient,
        {{ parse_flag('pbi_jkn') }} as is_pbi_recipient,
        {{ is_remarked('keterangan_meninggal') }}
        or coalesce({{ parse_code('status') }} like '%MENINGGAL%', false)
            as is_marked_dead,
        {{ is_remarked('keterangan_disabilitas') }} as is_marked_disabled,
        {{ parse_birth_date('tanggal_lahir') }} as birth_date,
        {{ lineage_columns() }}
    from source
)

select * from renamed
