select
    region_code,
    region_name,
    case when level = 'VILLAGE' then kecamatan_code else '' end as parent
from published.dim_regions
where regency_code = %(regency)s
order by region_code
