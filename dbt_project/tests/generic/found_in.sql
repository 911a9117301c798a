{#- Every value of the columns that is there at all is one of another table's. -#}
{% test found_in(model, columns, to, field) %}
select
    named.value,
    count(*) as row_count
from (
    select distinct {{ columns | join(', ') }}
    from {{ model }}
) as referring
cross join lateral (
    values
    {%- for column in columns %}
    (referring.{{ column }}){{ ',' if not loop.last }}
    {%- endfor %}
) as named (value)
left join {{ to }} as referred
    on named.value = referred.{{ field }}
where named.value is not null
    and referred.{{ field }} is null
group by named.value
{% endtest %}
