-- How far verification is, by status and priority tier.
-- index: none: all households are read
select
    priority_tier,
    verification_status,
    count(*) as households,
    count(*) filter (where is_verification_stale) as stale
from published.mart_households
group by priority_tier, verification_status
order by priority_tier, verification_status
