{#- A date in any form offices send: year first or day first (never month
    first), with a time or without, an Indonesian month name, or an Excel day
    number. The forms are those of rbpk.domain.dates; a test holds them together.
    A date that does not exist is null: jsonpath's datetime() is the one parser
    of PostgreSQL 15 that can be told to say so silently. -#}
{% macro parse_date(column, least='0001-01-01', before=none) -%}
    {%- set text = "btrim(" ~ column ~ ", e' \\t\\r\\n\\u00a0''\\u2019\\u200b\\ufeff')" -%}
    {%- set time = '(?:[T ]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.][0-9]+)?)?)?' -%}
    {%- set year_first = '^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}' ~ time ~ '$' -%}
    {%- set day_first = '^[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{4}' ~ time ~ '$' -%}
    {%- set named = '^(?:[^0-9,]{4,7}, *)?([0-9]{1,2})[-/. ]+([A-Za-z]{3,9})[.]?[-/. ]+([0-9]{4})'
        ~ time ~ '$' -%}
    {%- set compact = '^((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$' -%}
    {#- Every part after one separator; a time is what follows the third part. -#}
    {%- set parts = "translate(" ~ text ~ ", '/. T', '----')" -%}
    {%- set iso -%}
        case
            when {{ text }} ~ '{{ year_first }}'
                then {{ date_of(parts, 1, 2, 3) }}
            when {{ text }} ~ '{{ day_first }}'
                then {{ date_of(parts, 3, 2, 1) }}
            when {{ text }} ~ '{{ named }}'
                then regexp_replace({{ text }}, '{{ named }}', '\3-')
                    || ('{{ month_numbers() }}'::jsonb ->> lower(
                        regexp_replace({{ text }}, '{{ named }}', '\2')
                    ))
                    || regexp_replace({{ text }}, '{{ named }}', '-\1')
            when {{ text }} ~ '{{ compact }}'
                then regexp_replace({{ text }}, '{{ compact }}', '\1-\2-\3')
            when {{ text }} ~ '^[0-9]{2,5}([.]0+)?$'
                and split_part({{ text }}, '.', 1)::integer between 61 and 73415
                then (
                    date '1899-12-30' + split_part({{ text }}, '.', 1)::integer
                )::text
        end
    {%- endset -%}
    {#- Most dates come as databases or Excel write them; every month has a 28th
        day, so these need no asking whether they exist, which is most of the cost. -#}
    {%- set plain = [
        ('^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$', 1, 6, 9),
        ('^[0-9]{2}[-/][0-9]{2}[-/](19|20)[0-9]{2}( 0?0:00:00)?$', 7, 4, 1),
    ] -%}
    {#- The bounds stand here and not around it: SQL would read the text again
        for each of them, and reading dates is most of what staging costs. The
        year 0000 is before any of them. -#}
    case
        {%- for form, year, month, day in plain %}
        {%- set day_of_month = "substr(" ~ column ~ ", " ~ day ~ ", 2)" -%}
        {%- set month_of_year = "substr(" ~ column ~ ", " ~ month ~ ", 2)" -%}
        {%- set iso_date -%}
            (
                substr({{ column }}, {{ year }}, 4)
                || '-' || {{ month_of_year }} || '-' || {{ day_of_month }}
            )
        {%- endset %}
        when {{ column }} ~ '{{ form }}'
            and {{ month_of_year }} between '01' and '12'
            and {{ day_of_month }} between '01' and '28'
            and {{ iso_date }} >= '{{ least }}'
            {%- if before %}
            and {{ iso_date }} < '{{ before }}'
            {%- endif %}
            then {{ iso_date }}::date
        {%- endfor %}
        else (jsonb_path_query_first(
            to_jsonb({{ iso }}),
            '$.datetime("YYYY-MM-DD") ? (
                @ >= "{{ least }}".datetime("YYYY-MM-DD")
                {%- if before %} && @ < "{{ before }}".datetime("YYYY-MM-DD") {%- endif %}
            )',
            '{}', true
        ) #>> '{}')::date
    end
{%- endmacro %}

{% macro date_of(parts, year, month, day) -%}
    split_part({{ parts }}, '-', {{ year }})
    || '-' || split_part({{ parts }}, '-', {{ month }})
    || '-' || split_part({{ parts }}, '-', {{ day }})
{%- endmacro %}

{#- Month names and their short forms, in both languages, as a JSON object. -#}
{% macro month_numbers() -%}
    {%- set spellings = [
        'januari january jan', 'februari february pebruari feb peb',
        'maret march mar mrt', 'april apr', 'mei may', 'juni june jun',
        'juli july jul', 'agustus august agu ags agt aug',
        'september sept sep', 'oktober october okt oct',
        'november nopember nov nop', 'desember december des dec',
    ] -%}
    {%- set numbers = {} -%}
    {%- for names in spellings -%}
        {%- for name in names.split() -%}
            {%- do numbers.update({name: spellings.index(names) + 1}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ tojson(numbers) }}
{%- endmacro %}

{#- A birth date a living memory can hold; anything else is a damaged cell. -#}
{% macro parse_birth_date(column) -%}
    {%- set year = var('period')[:4] | int -%}
    {%- set month = var('period')[5:] | int -%}
    {%- set next_month = '%04d-%02d-01' % (year + month // 12, month % 12 + 1) -%}
    {{ parse_date(column, least='1900-01-01', before=next_month) }}
{%- endmacro %}
