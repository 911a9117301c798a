{#- A whole number between two bounds; "3.0" is a spreadsheet's 3. -#}
{% macro parse_integer(column, least, most) -%}
    case
        when {{ clean_text(column) }} ~ '^[0-9]{1,9}([.]0+)?$'
            and split_part({{ clean_text(column) }}, '.', 1)::integer
            between {{ least }} and {{ most }}
            then split_part({{ clean_text(column) }}, '.', 1)::integer
    end
{%- endmacro %}

{#- Rupiah: dots are thousands and the comma is decimal, as Indonesia writes;
    a number cell of a spreadsheet arrives with a decimal point instead. -#}
{% macro parse_rupiah(column) -%}
    {%- set bare -%}
        regexp_replace(
            regexp_replace({{ column }}, '^[^0-9A-Za-z-]*[Rr][Pp][.]?', ''),
            '([[:space:]\u00a0]|,-$)', '', 'g'
        )
    {%- endset -%}
    case
        when {{ bare }} ~ '^-?[0-9]{1,3}([.][0-9]{3})+(,[0-9]{1,2})?$'
            then replace(replace({{ bare }}, '.', ''), ',', '.')::numeric
        when {{ bare }} ~ '^-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]{1,2})?$'
            then replace({{ bare }}, ',', '')::numeric
        when {{ bare }} ~ '^-?[0-9]{1,15}(,[0-9]{1,2})?$'
            then replace({{ bare }}, ',', '.')::numeric
        when {{ bare }} ~ '^-?[0-9]{1,15}[.][0-9]{1,2}$'
            then {{ bare }}::numeric
    end
{%- endmacro %}
