{#- What a list can be asked: whether its identity numbers are valid, whether the
    civil registry knows them, whether its villages are known. A question a list
    does not answer is null, not "no". -#}
{%- set landed = {
    'apbd__budget_lines': {},
    'apbd__realisations': {},
    'apbdes__budget_lines': {'places': true},
    'baznas__distributions': {'people': true, 'places': true},
    'blt_dd__recipients': {'people': true, 'places': true},
    'bps__indicators': {},
    'corrections__rows': {},
    'decisions__link_pairs': {},
    'dtks__individuals': {
        'people': true, 'places': true,
        'is_padan': "padan_label in ('PADAN', 'Y', 'YA')",
    },
    'dtsen__families': {'people': true, 'places': true},
    'dtsen__individuals': {'people': true},
    'handover__records': {'places': true},
    'opd__deliveries': {'people': true, 'places': true},
    'p3ke__families': {
        'people': true, 'places': true, 'is_padan': "padan_code = 'PADAN'",
    },
    'p3ke__individuals': {
        'people': true, 'places': true, 'is_padan': "padan_code = 'PADAN'",
    },
    'p3ke__verifications': {
        'people': true, 'places': true, 'is_padan': "padan_code = 'PADAN'",
    },
    'pkh__assisted_families': {'people': true, 'places': true},
    'pkh__components': {'people': true, 'places': true},
    'pkh__exits': {'people': true, 'places': true},
    'pkh__participants': {'people': true, 'places': true},
    'pkh__payments': {'people': true, 'places': true},
    'tjsp__commitments': {'places': true},
    'tjsp__deliveries': {'people': true, 'places': true},
    'tni__housing_units': {'people': true, 'places': true},
    'verval__decisions': {'people': true, 'places': true},
    'verval__musdes_decisions': {'people': true, 'places': true},
    'verval__pkh_visits': {'people': true, 'places': true},
    'verval__puskesos_visits': {'people': true, 'places': true},
    'verval__tksk_visits': {'people': true, 'places': true},
} %}

with
{%- for entity in landed %}
{{ entity }} as (
    select * from {{ ref('stg_' ~ entity) }}
),
{% endfor %}
unioned as (
    {%- for entity, asked in landed.items() %}
    select
        '{{ entity.rpartition('__')[0] }}' as feed,
        '{{ entity.rpartition('__')[2] }}' as entity,
        {{ 'nik is not null' if asked.people else 'null::boolean' }} as has_valid_nik,
        {{ asked.is_padan | default('null::boolean') }} as is_padan,
        {{ 'village_code is not null' if asked.places else 'null::boolean' }}
            as has_village,
        findings
    from {{ entity }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

-- A handful of rows that tell all of them: three reports read every list once.
select
    feed,
    entity,
    has_valid_nik,
    is_padan,
    has_village,
    findings,
    count(*)::integer as row_count
from unioned
group by feed, entity, has_valid_nik, is_padan, has_village, findings
