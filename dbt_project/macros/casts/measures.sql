{#- A measure with a decimal comma or point: "43,39", "43.39", "12". Thousands are
    not written in measures, so one mark is always the decimal one. -#}
{% macro parse_decimal(column) -%}
    case
        when {{ clean_text(column) }} ~ '^-?[0-9]{1,12}([.,][0-9]{1,6})?$'
            then translate({{ clean_text(column) }}, ',', '.')::numeric
    end
{%- endmacro %}

{#- A share in percent, with or without its sign: "79,88", "79.88 %". -#}
{% macro parse_percentage(column) -%}
    {{ parse_decimal("regexp_replace(" ~ column ~ ", '[[:space:]]*%[[:space:]]*$', '')") }}
{%- endmacro %}
