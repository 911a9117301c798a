select count(*) as regions_missing
from {release}.dim_regions as regions
where regions.desa_code is null
    and regions.region_code not in (select listed.kecamatan_code from {table} as listed)
