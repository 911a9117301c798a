{#- One landed record about a person: in the shape linkage reads, and beside it what
    the record says of the person beyond who it is, so that nothing has to look the
    record up again. A list that does not carry a column leaves it null; `values`
    says what stands there instead. A list that `says` something of health, work or
    help says "no" where it does not say "yes". -#}
{% macro person_record(relation, feed, entity, values={}, says=false) -%}
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
        'job_label': 'null::text',
        'stunting_risk_code': 'null::text',
        'is_marked_dead': 'null::boolean',
        'is_marked_disabled': 'null::boolean',
        'is_marked_pregnant': 'null::boolean',
        'is_bpnt_recipient': 'null::boolean',
        'is_pbi_recipient': 'null::boolean',
        'is_struck_off': 'null::boolean',
    } -%}
    {%- if says -%}
        {%- for column in columns if column.startswith('is_') and columns[column] == 'null::boolean' -%}
            {%- do columns.update({column: 'false'}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do columns.update(values) %}
    select
        record_id,
        '{{ feed }}'::text as feed,
        '{{ entity }}'::text as entity,
        delivery_id,
        source_file,
        sheet,
        source_row
        {%- for column, expression in columns.items() %},
        {{ expression }} as {{ column }}
        {%- endfor %},
        {#- Here and not over all lists together: here several processes share the work. #}
        {{ name_key(columns.name) }} as name_key
    {#- The fence: without it SQL would clean the name again for each time the key reads it. #}
    from (select * from {{ relation }} offset 0) as cleaned
{%- endmacro %}
