{#- A date in any form offices send: ISO (with or without a time), day first
    with / - or dot (with or without a time), or an Excel day number.
    A date that does not exist is null: jsonpath's datetime() is the one
    parser of PostgreSQL 15 that can be told to say so silently. -#}
{% macro parse_date(column) -%}
    {%- set text = "btrim(" ~ column ~ ", e' \\t\\u00a0''')" -%}
    {%- set iso -%}
        case
            when {{ text }} ~ '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ].*)?$'
                then substring({{ text }} from '^[0-9]+-[0-9]+-[0-9]+')
            when {{ text }} ~ '^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}( .*)?$'
                then regexp_replace(
                    {{ text }},
                    '^([0-9]+)[/.-]([0-9]+)[/.-]([0-9]{4}).*$', '\3-\2-\1'
                )
            when {{ text }} ~ '^[0-9]{4,5}([.][0-9]+)?$'
                then (
                    date '1899-12-30' + split_part({{ text }}, '.', 1)::integer
                )::text
        end
    {%- endset -%}
    (jsonb_path_query_first(
        to_jsonb({{ iso }}), '$.datetime("YYYY-MM-DD")', '{}', true
    ) #>> '{}')::date
{%- endmacro %}

{#- A birth date a living memory can hold; anything else is a damaged cell. -#}
{% macro parse_birth_date(column) -%}
    {%- set parsed = parse_date(column) -%}
    case
        when {{ parsed }}
            between date '1900-01-01' and {{ cut_off_date() }}
            then {{ parsed }}
    end
{%- endmacro %}
