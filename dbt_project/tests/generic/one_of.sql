{#- Each column holds one of its values, or nothing. -#}
{% test one_of(model, values) %}
select
    {{ values.keys() | join(', ') }},
    count(*) as row_count
from {{ model }}
where
    {%- for column, known in values.items() %}
    {{ 'or ' if not loop.first }}{{ column }} not in (
        {%- for value in known -%}
            {{ value if value is number else "'" ~ value ~ "'" }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
    {%- endfor %}
group by {{ values.keys() | join(', ') }}
{% endtest %}
