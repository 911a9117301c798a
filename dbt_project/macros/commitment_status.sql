{#- How far a partner's promise has come. An unknown word is null: a pledge is not
    a delivery because somebody spelt it in a new way. -#}
{% macro commitment_status(column) -%}
    case
        when {{ parse_code(column) }} ~ '^(RENCANA|PLEDGED|JANJI|USULAN)'
            then 'pledged'
        when {{ parse_code(column) }} ~ '^(MOU|SIGNED|KONTRAK|PERJANJIAN)'
            then 'signed'
        when {{ parse_code(column) }} ~ '^(BERJALAN|PROSES|IN_PROGRESS|PELAKSANAAN)'
            then 'in_progress'
        when {{ parse_code(column) }} ~ '^(SELESAI|DELIVERED|DISERAHKAN|TEREALISASI)'
            then 'delivered'
        when {{ parse_code(column) }} ~ '^(BATAL|CANCELLED|DIBATALKAN)'
            then 'cancelled'
    end
{%- endmacro %}
