{#- A name as linkage compares it: titles and what follows a comma, an alias or
    BIN/BINTI go; MUH., MOH. and a leading M. are MUHAMMAD, ABD is ABDUL,
    a leading ST. is SITI. Most names are plain words none of this is about, and
    seeing that costs a tenth of fourteen replacements. -#}
{% macro name_key(column) -%}
    {%- set words = name_words() -%}
    {%- set special = words.values() | sum(start=[]) -%}
    case
        when upper({{ column }}) ~ '^[A-Z]+( [A-Z]+)*$'
            and not string_to_array(upper({{ column }}), ' ')
                && array['{{ special | join("', '") }}']
            then upper({{ column }})
        else {{ spell_out_name(column) }}
    end
{%- endmacro %}

{#- The words the steps below look for. -#}
{% macro name_words() -%}
    {{ return({
        'before': 'H HJ HAJI HAJJAH HJH DRS DRA DR IR PROF ALM ALMH USTADZ'.split(),
        'after': 'SPD SPDI SKOM SSOS AMD ALM ALMH'.split(),
        'child_of': 'BIN BINTI BINTE BTE'.split(),
        'first': 'M ST'.split(),
        'muhammad': (
            'MUH MUHD MOH MOHD MOCH MHD MUHAMAD MOHAMAD MOHAMMAD MOCHAMAD MOCHAMMAD'
        ).split(),
        'abdul': ['ABD'],
    }) }}
{%- endmacro %}

{% macro spell_out_name(column) -%}
    {%- set words = name_words() -%}
    {%- set steps = [
        ('[,/(].*$', ''),
        ("[^A-Z'' .-]", ' '),
        ("['']", ''),
        (' (S|M|A)[.] ?[A-Z]{1,4}[.]?( ?[A-Z][.]?)?$', ''),
        ('[. -]+', ' '),
        ('^ +', ''),
        ('^((' ~ words.before | join('|') ~ ') )+', ''),
        ('( (' ~ words.after | join('|') ~ '))+ *$', ''),
        (' (' ~ words.child_of | join('|') ~ ') .*$', ''),
        ('^M ', 'MUHAMMAD '),
        ('^ST ', 'SITI '),
        ('\\m(' ~ words.muhammad | join('|') ~ ')\\M', 'MUHAMMAD'),
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
