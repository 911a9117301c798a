{#- Where a staged row came from; the same in every staging model. -#}
{% macro record_id() -%}
    delivery_id || '/' || sheet || '/' || source_row::text
{%- endmacro %}

{% macro lineage_columns() -%}
    '{{ var("regency") }}'::text as regency_code,
    '{{ var("period") }}'::text as period,
    period as delivered_period,
    delivery_id,
    source_file,
    sheet,
    source_row,
    array_to_string(findings, ',') as findings
{%- endmacro %}
