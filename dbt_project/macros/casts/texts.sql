{#- Spaces of every kind become one space; an empty cell becomes null. Most cells
    are plain ASCII words, and seeing that costs a third of replacing. -#}
{% macro clean_text(column) -%}
    case
        when {{ column }} !~ '[^!-~ ]|  |^ | $' then nullif({{ column }}, '')
        else nullif(btrim(regexp_replace(
            {{ column }}, '[[:space:]\u00a0\u200b\ufeff]+', ' ', 'g'
        )), '')
    end
{%- endmacro %}

{#- A code list's value in the one spelling we compare: upper case, no space
    beside a slash ("Jerami/Ijuk/Rumbia/ Daun-daunan" is a real value). -#}
{% macro parse_code(column) -%}
    nullif(upper(regexp_replace(
        coalesce({{ clean_text(column) }}, ''), ' */ *', '/', 'g'
    )), '')
{%- endmacro %}

{#- Ya/Tidak from a closed list. Any other label is unknown, never "yes":
    reading every non-empty cell as a recipient is a mistake others made. -#}
{% macro parse_flag(column) -%}
    case lower({{ clean_text(column) }})
        when 'ya' then true
        when 'y' then true
        when 'yes' then true
        when '1' then true
        when 'true' then true
        when 'tidak' then false
        when 't' then false
        when 'tdk' then false
        when 'no' then false
        when 'n' then false
        when '0' then false
        when 'false' then false
        when '-' then false
    end
{%- endmacro %}

{#- The labels are those the feeds know (rbpk.feeds); a test holds them together. -#}
{% macro parse_sex(column) -%}
    case upper(replace(replace({{ clean_text(column) }}, ' - ', ' '), '-', ' '))
        {%- for label in ('L', 'LK', 'LAKI', 'LAKI LAKI', 'PRIA', 'M', '1', '1.0') %}
        when '{{ label }}' then 'L'
        {%- endfor %}
        {%- for label in ('P', 'PR', 'PEREMPUAN', 'WANITA', 'W', 'F', '2', '2.0') %}
        when '{{ label }}' then 'P'
        {%- endfor %}
    end
{%- endmacro %}

{#- A remark column says something unless it is empty or says "no". -#}
{% macro is_remarked(column) -%}
    coalesce(
        {{ parse_code(column) }}
        !~ '^((-|0|TIDAK|T|N|NULL|\[\]|\{\})$|TIDAK |MASIH HIDUP)',
        false
    )
{%- endmacro %}
