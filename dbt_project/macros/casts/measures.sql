{#- A measure with a decimal comma or point: "43,39", "43.39", "12". One mark is the
    decimal one; only beside another are dots thousands: "1.234,5", "1.234.567". -#}
{% macro parse_decimal(column) -%}
    case
        when {{ clean_text(column) }} ~ '^-?[0-9]{1,12}([.,][0-9]{1,6})?$'
            then translate({{ clean_text(column) }}, ',', '.')::numeric
        when {{ clean_text(column) }}
            ~ '^-?[0-9]{1,3}([.][0-9]{3})+(,[0-9]{1,6}|[.][0-9]{3})$'
            then replace(
                replace({{ clean_text(column) }}, '.', ''), ',', '.'
            )::numeric
    end
{%- endmacro %}

{#- A number of things that are counted: before three digits a dot stands between
    thousands, as Indonesia writes: "1.250" houses are not one and a quarter. -#}
{% macro parse_count(column) -%}
    case
        when {{ clean_text(column) }} ~ '^-?[1-9][0-9]{0,2}([.][0-9]{3})+$'
            then replace({{ clean_text(column) }}, '.', '')::numeric
        else {{ parse_decimal(column) }}
    end
{%- endmacro %}

{#- A share in percent, with or without its sign: "79,88", "79.88 %". -#}
{% macro parse_percentage(column) -%}
    {{ parse_decimal("regexp_replace(" ~ column ~ ", '[[:space:]]*%[[:space:]]*$', '')") }}
{%- endmacro %}
