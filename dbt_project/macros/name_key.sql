{#- A name as linkage compares it: titles and what follows a comma, an alias or
    BIN/BINTI go; MUH., MOH. and a leading M. are MUHAMMAD, ABD is ABDUL,
    a leading ST. is SITI. -#}
{% macro name_key(column) -%}
    {%- set steps = [
        ('[,/(].*$', ''),
        ("[^A-Z'' .-]", ' '),
        ("['']", ''),
        (' (S|M|A)[.] ?[A-Z]{1,4}[.]?( ?[A-Z][.]?)?$', ''),
        ('[. -]+', ' '),
        ('^ +', ''),
        ('^((H|HJ|HAJI|HAJJAH|HJH|DRS|DRA|DR|IR|PROF|ALM|ALMH|USTADZ) )+', ''),
        ('( (SPD|SPDI|SKOM|SSOS|AMD|ALM|ALMH))+ *$', ''),
        (' (BIN|BINTI|BINTE|BTE) .*$', ''),
        ('^M ', 'MUHAMMAD '),
        ('^ST ', 'SITI '),
        ('\\m(MUH|MUHD|MOH|MOHD|MOCH|MHD|MUHAMAD|MOHAMAD|MOHAMMAD|MOCHAMAD|MOCHAMMAD)\\M', 'MUHAMMAD'),
        ('\\mABD\\M', 'ABDUL'),
        (' +', ' '),
    ] -%}
    nullif(btrim(
    {%- for _ in steps %}regexp_replace({% endfor -%}
    upper({{ column }})
    {%- for pattern, replacement in steps -%}
    , '{{ pattern }}', '{{ replacement }}', 'g')
    {%- endfor -%}
    ), '')
{%- endmacro %}
