{#- A release is built into schemas of its own, which nobody reads before it is whole: a table is made
    under its own name, where dbt's way makes it beside the former one and exchanges the two.
    It is counted at once: autovacuum comes minutes later, and until then the planner guesses, for the
    next models as for the readers of a release.
    Hooks and grants of a model are not looked at: `tests/dbt` sees that none has any. #}
{% materialization table, adapter='postgres' %}
    {%- set made = this.incorporate(type='table') -%}
    {% call statement('main') -%}
        drop table if exists {{ made }} cascade;
        {{ get_create_table_as_sql(False, made, sql) }}
    {%- endcall %}
    {% call statement('analyze') -%}
        analyze {{ made }}
    {%- endcall %}
    {% do create_indexes(made) %}
    {% do persist_docs(made, model) %}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}
