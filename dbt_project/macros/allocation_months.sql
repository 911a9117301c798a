{#- How many months a PKH payment is for, from "JULI-SEPTEMBER". Stages last a
    quarter or two months depending on the channel; never assume four a year. -#}
{% macro allocation_months(column) -%}
    {%- set months = [
        'JANUARI', 'FEBRUARI', 'MARET', 'APRIL', 'MEI', 'JUNI', 'JULI',
        'AGUSTUS', 'SEPTEMBER', 'OKTOBER', 'NOVEMBER', 'DESEMBER',
    ] -%}
    {%- set list = "array['" ~ months | join("','") ~ "']" -%}
    {%- set label -%}
        regexp_replace({{ parse_code(column) }}, ' *(-|/|S[.]?/?D[.]?|SAMPAI) *', '-')
    {%- endset -%}
    case
        when array_position({{ list }}, split_part({{ label }}, '-', 2))
            >= array_position({{ list }}, split_part({{ label }}, '-', 1))
            then array_position({{ list }}, split_part({{ label }}, '-', 2))
                - array_position({{ list }}, split_part({{ label }}, '-', 1))
                + 1
    end
{%- endmacro %}
