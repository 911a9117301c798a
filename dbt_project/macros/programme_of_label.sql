{#- The programme a list's own words mean: the first reviewed row of the sender
    that fits. Nothing fits, nothing is guessed: null. -#}
{% macro programme_of_label(feed, label) -%}
    (
        select aliases.programme_code
        from {{ ref('programme_aliases') }} as aliases
        where aliases.feed = {{ feed }}
            and {{ label }} ~ aliases.label_pattern
            and {{ is_in_force('aliases') }}
        order by aliases.rank
        limit 1
    )
{%- endmacro %}

{#- What an office says became of its help. A list without the column is a list
    of recipients; a word nobody knows is a plan, not a delivery. -#}
{% macro delivery_status(label) -%}
    case
        when {{ label }} is null then 'DELIVERED'
        when {{ label }} ~ '^(SELESAI|DISERAHKAN|DITERIMA|TERSALUR|PROSES|BERJALAN)'
            then 'DELIVERED'
        when {{ label }} ~ '^BATAL|^DIBATALKAN' then 'CANCELLED'
        else 'PLANNED'
    end
{%- endmacro %}
