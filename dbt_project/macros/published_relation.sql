{#- The published parent of a mart, or none before the first publication. -#}
{% macro published_relation(mart) -%}
    {{ return(adapter.get_relation(
        database=target.database, schema='marts', identifier=mart
    ) if execute) }}
{%- endmacro %}
