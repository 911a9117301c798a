{#- One landed record about a person in the shape linkage reads. A list that does
    not carry a column leaves it null; `values` says what stands there instead. -#}
{% macro person_record(relation, feed, entity, values={}) -%}
    {%- set columns = {
        'nik': 'nik',
        'family_card': 'null::text',
        'name': 'name',
        'birth_date': 'null::date',
        'sex': 'null::text',
        'village_code': 'village_code',
        'source_family_id': 'null::text',
        'is_family_head': 'false',
        'mother_name': 'null::text',
    } -%}
    {%- do columns.update(values) %}
    select
        record_id,
        regency_code,
        period,
        '{{ feed }}'::text as feed,
        '{{ entity }}'::text as entity,
        delivery_id,
        source_file,
        sheet,
        source_row
        {%- for column, expression in columns.items() %},
        {{ expression }} as {{ column }}
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}
