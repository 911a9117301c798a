{#- No two rows share the key, and neither it nor a column others count on is
    ever empty: one look at the table for all of it. -#}
{% test keyed(model, by, filled=[]) %}
select
    {{ by | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ by | join(', ') }}
having
    count(*) > 1
    {%- for column in by + filled %}
    or count({{ column }}) < count(*)
    {%- endfor %}
{% endtest %}
