select count(*) as regions_missing
from {release}.dim_regions as regions
where regions.desa_code is not null
    and regions.desa_code not in (select reported.desa_code from {table} as reported)
