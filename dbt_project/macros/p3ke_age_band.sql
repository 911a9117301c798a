{#- P3KE's seven age columns are one-hot: the band counts only if exactly one
    is set. It is the age when the family was recorded, not today's. -#}
{% macro p3ke_age_band() -%}
    {%- set bands = [
        ('usia_dibawah_7_tahun', '0-6'), ('usia_7_12', '7-12'),
        ('usia_13_15', '13-15'), ('usia_16_18', '16-18'),
        ('usia_19_21', '19-21'), ('usia_22_59', '22-59'),
        ('usia_60_tahun_keatas', '60+'),
    ] -%}
    case
        when num_nonnulls(
            {%- for column, _ in bands %}
            nullif({{ parse_flag(column) }}, false)
            {%- if not loop.last %},{% endif %}
            {%- endfor %}
        ) != 1 then null
        {%- for column, band in bands %}
        when {{ parse_flag(column) }} then '{{ band }}'
        {%- endfor %}
    end
{%- endmacro %}
