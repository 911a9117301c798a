{#- A release is built into schemas of its own, which nobody reads before it is whole: a table is made
    under its own name, where dbt's way makes it beside the former one and exchanges the two.
    What models read, and marts large enough to have an index, are counted at once: autovacuum comes
    minutes later, and until then the planner guesses.
    Hooks and grants of a model are not looked at: `tests/dbt` sees that none has any. #}
{% materialization table, adapter='postgres' %}
    {%- set made = this.incorporate(type='table') -%}
    {% call statement('main') -%}
        drop table if exists {{ made }} cascade;
        {{ get_create_table_as_sql(False, made, sql) }}
    {%- endcall %}
    {% if made.schema == var('work_schema') or config.get('indexes') -%}
        {% call statement('analyze') -%}
            analyze {{ made }}
        {%- endcall %}
    {%- endif %}
    {% do create_indexes(made) %}
    {% do persist_docs(made, model) %}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}
