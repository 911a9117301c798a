{{ config(materialized='view') }}
{%- set landed = [
    ('p3ke', 'families', "padan_code = 'PADAN'"),
    ('p3ke', 'individuals', "padan_code = 'PADAN'"),
    ('dtks', 'individuals', "padan_label in ('PADAN', 'Y', 'YA')"),
    ('pkh', 'participants', 'null::boolean'),
    ('pkh', 'components', 'null::boolean'),
    ('pkh', 'payments', 'null::boolean'),
] %}

with
{%- for feed, entity, is_padan in landed %}
{{ feed }}_{{ entity }} as (
    select * from {{ ref('stg_' ~ feed ~ '__' ~ entity) }}
),
{% endfor %}
unioned as (
    {%- for feed, entity, is_padan in landed %}
    select
        '{{ feed }}' as feed,
        '{{ entity }}' as entity,
        delivered_period,
        nik is not null as has_valid_nik,
        {{ is_padan }} as is_padan,
        village_code is not null as has_village,
        findings
    from {{ feed }}_{{ entity }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from unioned
