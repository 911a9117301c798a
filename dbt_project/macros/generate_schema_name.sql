{#- A run builds in the two schemas its vars name: one to work in, one to be published. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name == 'release' -%}
        {{ var('release_schema') }}
    {%- else -%}
        {{ var('work_schema') }}
    {%- endif -%}
{%- endmacro %}
