select
    desa_code,
    case
        when in_p3ke and in_dtks and in_pkh then 'P3KE+DTKS+PKH'
        when in_p3ke and in_dtks then 'P3KE+DTKS'
        when in_p3ke and in_pkh then 'P3KE+PKH'
        when in_dtks and in_pkh then 'DTKS+PKH'
        when in_p3ke then 'P3KE'
        when in_dtks then 'DTKS'
        when in_pkh then 'PKH'
        else 'LAINNYA'
    end as membership,
    case
        when desil between 1 and 4 then desil::text
        when desil >= 5 then '5-10'
        else 'TIDAK_DIKETAHUI'
    end as desil_band,
    case when is_exclusion_error then 'BERHAK_BELUM_MENERIMA' else 'SELAINNYA' end
        as exclusion,
    count(*) as households
from published.mart_households
where regency_code = %(regency)s
group by 1, 2, 3, 4
