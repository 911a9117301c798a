{#- A whole number between two bounds; "3.0" is a spreadsheet's 3. -#}
{% macro parse_integer(column, least, most) -%}
    {%- set whole = "split_part(translate(" ~ clean_text(column) ~ ", ',', '.'), '.', 1)" -%}
    case
        when {{ clean_text(column) }} ~ '^[0-9]{1,9}([.,]0+)?$'
            and {{ whole }}::integer between {{ least }} and {{ most }}
            then {{ whole }}::integer
    end
{%- endmacro %}

{#- A welfare decile: 1 to 10, however it is dressed ("Desil 3", "03", "3.0"). -#}
{% macro parse_desil(column) -%}
    {{ parse_integer(
        "regexp_replace(" ~ column ~ ", '^[[:space:]]*desil', '', 'i')", 1, 10
    ) }}
{%- endmacro %}

{#- Rupiah: dots are thousands and the comma is decimal, as Indonesia writes;
    a number cell of a spreadsheet arrives with a decimal point instead. The
    forms are those of rbpk.domain.rupiah; a test holds them together. -#}
{% macro parse_rupiah(column) -%}
    {%- set bare -%}
        regexp_replace(
            regexp_replace({{ column }}, '([[:space:]\u00a0'']|[,.]-+[[:space:]]*$)', '', 'g'),
            '^(rp|idr)[.]?', '', 'i'
        )
    {%- endset -%}
    case
        when {{ bare }} ~ '^-?[0-9]{1,3}([.][0-9]{3})+(,[0-9]{1,2})?$'
            then replace(replace({{ bare }}, '.', ''), ',', '.')::numeric
        when {{ bare }} ~ '^-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]{1,2})?$'
            then replace({{ bare }}, ',', '')::numeric
        when {{ bare }} ~ '^-?[0-9]{1,15}([.,][0-9]{1,2})?$'
            then replace({{ bare }}, ',', '.')::numeric
    end
{%- endmacro %}
