{#- Columns of the published parent of a mart that readers have seen already; one
    that a later version added is null in what was published before it. -#}
{% macro published_columns(relation, columns) -%}
    {%- set known = [] -%}
    {%- if execute and relation -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do known.append(column.name) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for name, kind in columns.items() %}
        {{ name if name in known else 'null::' ~ kind ~ ' as ' ~ name }}
        {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
