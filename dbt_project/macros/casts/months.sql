{#- The month of a year, 1 to 12: "10", "2026-10", "Oktober" or "OKTOBER 2026". -#}
{% macro parse_month(column) -%}
    {%- set text = "lower(" ~ clean_text(column) ~ ")" -%}
    case
        when {{ text }} ~ '^(0?[1-9]|1[0-2])([.]0+)?$'
            then split_part({{ text }}, '.', 1)::integer
        when {{ text }} ~ '^[0-9]{4}[-/](0?[1-9]|1[0-2])$'
            then regexp_replace({{ text }}, '^[0-9]{4}[-/]', '')::integer
        when {{ text }} ~ '^[a-z]+([ -][0-9]{4})?$'
            then ('{{ month_numbers() }}'::jsonb
                ->> regexp_replace({{ text }}, '[ -].*$', ''))::integer
    end
{%- endmacro %}
