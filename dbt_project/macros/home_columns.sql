{#- Which home a list by name is about and who answers there; the same columns in
    every list of households. Needs `households`, `contacts` and `regions`. -#}
{% macro home_columns() -%}
    {{ surrogate_key(['households.household_id']) }} as row_id,
    {{ release_columns() }},
    households.household_id,
    -- Without a known village a family stands under the regency's own code.
    coalesce(households.kecamatan_code, '{{ var("regency") }}')
        as kecamatan_code,
    regions.kecamatan_name,
    households.desa_code,
    regions.desa_name,
    contacts.name as head_name,
    contacts.nik as head_nik,
    contacts.address
{%- endmacro %}

{#- The homes: `households` with its `contacts` and `regions`. -#}
{% macro homes() -%}
    households
left join {{ ref('int_household_contacts_resolved') }} as contacts
    on households.household_id = contacts.household_id
left join {{ ref('dim_regions') }} as regions
    on households.desa_code = regions.region_code
{%- endmacro %}
