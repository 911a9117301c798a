{#- The partner a promise comes from, in the seed of partners; null for a kind nobody
    knows, which landing has marked CODE_UNKNOWN. -#}
{% macro partner_code(column) -%}
    case {{ parse_code(column) }}
        when 'COMPANY' then 'TJSP'
        when 'BANK' then 'TJSP'
        when 'BAZNAS' then 'BAZNAS'
        when 'TNI' then 'TNI'
        when 'CAMPUS' then 'KAMPUS'
        when 'NGO' then 'LSM'
    end
{%- endmacro %}
