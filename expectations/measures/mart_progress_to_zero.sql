select
    (
        select count(*)
        from {release}.dim_regions as regions
        where not exists (
            select 1
            from {table} as counted
            where coalesce(counted.desa_code, counted.kecamatan_code) = regions.region_code
        )
    ) as regions_missing,
    (
        select count(*)
        from (values ('REGENCY'), ('VILLAGE')) as levels (level)
        where (
            select coalesce(sum(counted.families_on_any_list), 0)
            from {table} as counted
            where counted.level = levels.level
        ) <> (select count(*) from {release}.mart_households)
    ) as levels_disagreeing
