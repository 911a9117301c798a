select
    (
        select count(*)
        from {release}.mart_households as household
        left join (
            select household_id, count(*) as states
            from {table}
            where is_current
            group by household_id
        ) as told on household.household_id = told.household_id
        where told.states is distinct from 1
    ) as households_without_today
