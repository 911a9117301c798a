{#- For rows without a key: the columns are never empty. -#}
{% test filled(model, columns) %}
select count(*) as row_count
from {{ model }}
where num_nulls({{ columns | join(', ') }}) > 0
having count(*) > 0
{% endtest %}
