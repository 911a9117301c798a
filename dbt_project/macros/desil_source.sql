{#- The list whose desil decides on the cut-off date: a dated decision of the
    regency, never a mixture of two lists. -#}
{% macro desil_source() -%}
    (
        select deciding.desil_source
        from {{ ref('desil_sources') }} as deciding
        where {{ is_in_force('deciding') }}
    )
{%- endmacro %}
