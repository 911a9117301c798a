select
    count(*) filter (
        where left(region_code, 5) is distinct from {regency}
            or (
                desa_code is not null
                and (
                    left(desa_code, 8) is distinct from kecamatan_code
                    or kecamatan_code not in (
                        select parent.region_code from {table} as parent where parent.desa_code is null
                    )
                )
            )
    ) as regions_misplaced
from {table}
