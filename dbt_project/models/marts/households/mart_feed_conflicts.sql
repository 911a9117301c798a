{%- set attributes = ['name', 'birth_date', 'sex', 'village', 'alive'] -%}

with
compared as (
    select * from {{ ref('int_feed_attributes_compared') }}
),

located as (
    select * from {{ ref('int_households_located') }}
),

-- Counted side by side and only then below each other: the people are read once.
counted as (
    select
        {% for attribute in attributes -%}
        count(compared.is_{{ attribute }}_same)::integer
            as {{ attribute }}_compared,
        count(*) filter (where not compared.is_{{ attribute }}_same)::integer
            as {{ attribute }}_differing,
        {% endfor -%}
        located.village_code,
        compared.feed_a,
        compared.feed_b
    from compared
    left join located
        on compared.household_id = located.household_id
    group by located.village_code, compared.feed_a, compared.feed_b
),

told as (
    select
        counted.village_code,
        counted.feed_a,
        counted.feed_b,
        answers.attribute,
        answers.persons_compared,
        answers.persons_differing
    from counted
    cross join
        lateral (
            values
            {% for attribute in attributes -%}
            (
                '{{ attribute | upper }}',
                counted.{{ attribute }}_compared,
                counted.{{ attribute }}_differing
            ){{ ',' if not loop.last }}
            {% endfor %}
        ) as answers (attribute, persons_compared, persons_differing)
    where answers.persons_compared > 0
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
from told
