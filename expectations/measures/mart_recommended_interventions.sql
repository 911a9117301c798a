select
    (
        select count(distinct recommended.household_id)
        from {table} as recommended
        left join {release}.mart_households as households
            on recommended.household_id = households.household_id
        where households.is_eligible is distinct from true
    ) as households_not_eligible
