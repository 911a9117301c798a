{#- What belongs to this run: its deliveries, its month, its last day. -#}

{#- A release reads the deliveries frozen when it was opened; what arrives later
    waits for the next one. Where a list names who sent each row (the columns of
    `sender`, the first that is filled), a row counts unless its sender is in a
    later month's list. -#}
{% macro is_frozen_in_this_release(sender=[]) -%}
    delivery_id = any(array(
        select frozen.delivery_id
        from {{ source('audit', 'release_deliveries') }} as frozen
        where frozen.release_id = '{{ var("release_id") }}'
    ))
    {%- if sender %}
    and coalesce(
        delivery_id || '/' || upper(btrim(coalesce(
            {%- for column in sender %}
                nullif(btrim({{ column }}), ''){{ ',' if not loop.last }}
            {%- endfor %}
        ))),
        delivery_id
    ) != all(array(
        select frozen.delivery_id || '/' || overtaken.sender
        from {{ source('audit', 'release_deliveries') }} as frozen
        cross join
            jsonb_array_elements_text(frozen.overtaken_senders)
                as overtaken (sender)
        where frozen.release_id = '{{ var("release_id") }}'
    ))
    {%- endif %}
{%- endmacro %}

{#- The day ages and policies are judged on: the last day of the month. -#}
{% macro cut_off_date() -%}
    (
        date '{{ var("period") }}-01' + interval '1 month' - interval '1 day'
    )::date
{%- endmacro %}

{#- Whether a dated policy row was in force on the cut-off date. -#}
{% macro is_in_force(alias) -%}
    {{ alias }}.valid_from <= {{ cut_off_date() }}
    and coalesce({{ alias }}.valid_to, 'infinity'::date) >= {{ cut_off_date() }}
{%- endmacro %}

{#- The columns every published table starts with. -#}
{% macro release_columns() -%}
    '{{ var("regency") }}'::text as regency_code,
    '{{ var("period") }}'::text as period,
    '{{ var("release_id") }}'::text as release_id
{%- endmacro %}

{#- Our surrogate key: the md5 of regency, month and the natural key. Not of the
    release: built twice from the same deliveries, a row is the same row. -#}
{% macro surrogate_key(columns) -%}
    md5(concat_ws(
        '|', '{{ var("regency") }}', '{{ var("period") }}'
        {%- for column in columns %}, coalesce({{ column }}::text, '-')
        {%- endfor -%}
    ))
{%- endmacro %}
