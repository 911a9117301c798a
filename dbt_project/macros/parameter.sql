{#- A policy number in force on the cut-off date. -#}
{% macro parameter(code) -%}
    (
        select parameters.parameter_value
        from {{ ref('policy_parameters') }} as parameters
        where parameters.parameter_code = '{{ code }}'
            and {{ is_in_force('parameters') }}
    )
{%- endmacro %}
