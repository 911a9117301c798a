{#- Codes outside their closed list, by code: the values are answers of a
    questionnaire, not of a person. -#}
{% test codes_in_lists(model, lists) %}
select
    answers.list_name,
    answers.code,
    count(*) as row_count
from {{ model }} as answered
cross join lateral (
    values
    {%- for column, list_name in lists.items() %}
    ('{{ list_name }}', answered.{{ column }}){{ ',' if not loop.last }}
    {%- endfor %}
) as answers (list_name, code)
left join {{ ref('code_lists') }} as code_lists
    on answers.code = code_lists.code
        and answers.list_name = code_lists.list_name
where answers.code is not null
    and code_lists.code is null
group by answers.list_name, answers.code
{% endtest %}
