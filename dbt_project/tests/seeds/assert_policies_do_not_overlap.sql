-- One policy row in force a day: two would count every household twice.
with
cutoffs as (
    select
        'programme_cutoffs ' || programme_code || ' ' || step::text as policy,
        valid_from,
        valid_to
    from {{ ref('programme_cutoffs') }}
),

benefits as (
    select
        'pkh_benefit_index ' || component_code as policy,
        valid_from,
        valid_to
    from {{ ref('pkh_benefit_index') }}
),

parameters as (
    select
        'policy_parameters ' || parameter_code as policy,
        valid_from,
        valid_to
    from {{ ref('policy_parameters') }}
),

precedence as (
    select
        'feed_precedence ' || attribute || ' ' || feed as policy,
        valid_from,
        valid_to
    from {{ ref('feed_precedence') }}
),

desil_sources as (
    select
        'desil_sources' as policy,
        valid_from,
        valid_to
    from {{ ref('desil_sources') }}
),

ages as (
    select
        'age_rules ' || pathway as policy,
        valid_from,
        valid_to
    from {{ ref('age_rules') }}
),

targets as (
    select
        'poverty_targets ' || target_code as policy,
        valid_from,
        valid_to
    from {{ ref('poverty_targets') }}
),

weights as (
    select
        'village_score_weights ' || component as policy,
        valid_from,
        valid_to
    from {{ ref('village_score_weights') }}
),

needs as (
    select
        'programme_needs ' || programme_code as policy,
        valid_from,
        valid_to
    from {{ ref('programme_needs') }}
),

budgets as (
    select
        'programme_budgets ' || sub_activity_code as policy,
        valid_from,
        valid_to
    from {{ ref('programme_budgets') }}
),

funding_order as (
    select
        'funding_order ' || position as policy,
        valid_from,
        valid_to
    from {{ ref('funding_order') }}
),

policies as (
    select * from cutoffs
    union all
    select * from benefits
    union all
    select * from parameters
    union all
    select * from precedence
    union all
    select * from desil_sources
    union all
    select * from ages
    union all
    select * from targets
    union all
    select * from weights
    union all
    select * from needs
    union all
    select * from budgets
    union all
    select * from funding_order
)

select
    earlier.policy,
    earlier.valid_from,
    later.valid_from as overlapping_from
from policies as earlier
inner join policies as later
    on earlier.policy = later.policy
        and earlier.valid_from < later.valid_from
        and coalesce(earlier.valid_to, 'infinity'::date) >= later.valid_from
