{#- Codes outside the closed list, by code: the values are answers of a
    questionnaire, not of a person. -#}
{% test code_in_list(model, column_name, list_name) %}
select
    answers.{{ column_name }},
    count(*) as row_count
from {{ model }} as answers
left join {{ ref('code_lists') }} as code_lists
    on answers.{{ column_name }} = code_lists.code
        and code_lists.list_name = '{{ list_name }}'
where answers.{{ column_name }} is not null
    and code_lists.code is null
group by answers.{{ column_name }}
{% endtest %}
