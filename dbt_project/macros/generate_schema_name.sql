{#- A run builds in the two schemas its vars name: one to work in, one to be published.
    Seeds change with the repository only: a run that is told where an earlier one left
    them reads them there. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name == 'release' -%}
        {{ var('release_schema') }}
    {%- elif custom_schema_name == 'seeds' -%}
        {{ var('seed_schema') or var('work_schema') }}
    {%- else -%}
        {{ var('work_schema') }}
    {%- endif -%}
{%- endmacro %}
