{#- Who decided, in the one list of roles (reference 1.14). A role nobody knows is
    nobody's word: the row is staged and counted, and decides nothing. -#}
{% macro officer_role(column) -%}
    {%- set role = "replace(" ~ parse_code(column) ~ ", ' ', '_')" -%}
    case
        when {{ role }} in (
            'PUSKESOS', 'TKSK', 'PENDAMPING_PKH', 'MUSDES', 'MUSKEL', 'RT', 'OPD'
        ) then lower({{ role }})
    end
{%- endmacro %}

{#- The role that answers for a village: a kelurahan's meeting is the village's. -#}
{% macro field_role(column) -%}
    case when {{ column }} = 'muskel' then 'musdes' else {{ column }} end
{%- endmacro %}
