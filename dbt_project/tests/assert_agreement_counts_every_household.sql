-- Households in the Venn cells = households on any list, village by village.
with
agreement as (
    select
        coalesce(desa_code, '-') as desa_code,
        sum(count) as households
    from {{ ref('mart_feed_agreement') }}
    where grain = 'household'
    group by desa_code
),

listed as (
    select
        coalesce(desa_code, '-') as desa_code,
        count(*) as households
    from {{ ref('mart_households') }}
    where in_p3ke or in_dtks or in_pkh
    group by desa_code
)

select
    coalesce(agreement.desa_code, listed.desa_code) as desa_code,
    agreement.households as households_in_cells,
    listed.households as households_listed
from agreement
full outer join listed
    on agreement.desa_code = listed.desa_code
where coalesce(agreement.households, 0) != coalesce(listed.households, 0)
