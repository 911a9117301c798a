with
compared as (
    select * from {{ ref('int_feed_attributes_compared') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

counted as (
    select
        located.village_code,
        compared.feed_a,
        compared.feed_b,
        compared.attribute,
        count(*)::integer as persons_compared,
        count(*) filter (where not compared.is_same)::integer
            as persons_differing
    from compared
    left join located
        on compared.household_id = located.household_id
    group by
        located.village_code, compared.feed_a, compared.feed_b,
        compared.attribute
)

-- Counts only: which name or date it is stays with those who may see it (R19).
select
    {{ surrogate_key(['village_code', 'feed_a', 'feed_b', 'attribute']) }}
        as row_id,
    {{ release_columns() }},
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    feed_a,
    feed_b,
    attribute,
    persons_compared,
    persons_differing,
    {{ percentage('persons_differing', 'persons_compared') }} as differing_pct
from counted
