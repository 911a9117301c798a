-- Each programme judges each household once, and its errors add up.
with
coverage as (
    select
        programme_code,
        sum(households) as households,
        sum(served) as served,
        sum(eligible) as eligible,
        sum(exclusion_errors) as exclusion_errors
    from {{ ref('mart_coverage') }}
    group by programme_code
),

listed as (
    select count(*) as households
    from {{ ref('mart_households') }}
)

select
    coverage.programme_code,
    coverage.households as households_in_coverage,
    listed.households as households_listed
from coverage
cross join listed
where coverage.households != listed.households
    or coverage.exclusion_errors > coverage.eligible
    or coverage.served > coverage.households
