{#- A mart names every column, which its contract holds it to: dbt's own macro asks the catalogue for them first. #}
{% macro postgres__alter_column_comment(relation, column_dict) %}
    {%- for name, column in column_dict.items() %}
    comment on column {{ relation }}.{{ adapter.quote(name) }} is {{ postgres_escape_comment(column.description) }};
    {%- endfor %}
{% endmacro %}
