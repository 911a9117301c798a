{#- As a table is made, and for the same reason. #}
{% materialization view, adapter='postgres' %}
    {%- set made = this.incorporate(type='view') -%}
    {% call statement('main') -%}
        drop view if exists {{ made }} cascade;
        {{ get_create_view_as_sql(made, sql) }}
    {%- endcall %}
    {% do persist_docs(made, model) %}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}
