{#- No two rows share the key, and neither it nor a column others count on is
    ever empty: one look at the table for all of it. A unique index on the key
    has seen to the first already, row by row while the table was built. -#}
{% test keyed(model, by, filled=[]) %}
    {%- set indexed = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.name == model.identifier and node.resource_type == 'model' -%}
            {%- for index in node.config.get('indexes') or [] if index.unique and index.columns == by -%}
                {%- do indexed.append(node.name) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{%- if indexed %}
select count(*) as row_count
from {{ model }}
where num_nulls({{ (by + filled) | join(', ') }}) > 0
having count(*) > 0
{%- else %}
select
    {{ by | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ by | join(', ') }}
having
    count(*) > 1
    {%- for column in by + filled %}
    or count({{ column }}) < count(*)
    {%- endfor %}
{%- endif %}
{% endtest %}
