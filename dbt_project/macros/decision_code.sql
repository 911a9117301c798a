{#- The one list of decisions every verifier's words are mapped to: eligible, why
    not eligible, added, or put off. A verdict nobody knows is null, never
    "eligible", and so is "not eligible" without a reason anybody can understand:
    a guessed reason would be a decision nobody took. -#}
{% macro decision_code(verdict, reason) -%}
    {%- set verdict = parse_code(verdict) -%}
    {%- set reason = "coalesce(" ~ parse_code(reason) ~ ", '')" -%}
    {#- Two sentences: "Tidak" and then "mampu" is not "tidak mampu". -#}
    {%- set words = "concat_ws(': ', " ~ verdict ~ ", " ~ reason ~ ")" -%}
    case
        when {{ verdict }} in (
            'L', 'TL-MAMPU', 'TL-MENINGGAL', 'TL-PINDAH', 'TL-TIDAK_DITEMUKAN',
            'TL-GANDA', 'TL-PEKERJAAN', 'TL-DATA', 'TL-MENOLAK', 'BARU', 'TUNDA'
        ) then {{ verdict }}
        when {{ verdict }} ~ '^(TUNDA|DITUNDA|BELUM)' then 'TUNDA'
        when {{ verdict }} ~ '(USULAN|BARU)' then 'BARU'
        when {{ verdict }} in (
            'YA', 'Y', '1', 'LAYAK', 'ELIGIBLE', 'MEMENUHI', 'MEMENUHI KRITERIA'
        ) then 'L'
        when {{ verdict }} ~ '^(TIDAK|TDK|T$|0$|NON|TL|PINDAH|MENINGGAL|GANDA|MENOLAK)'
            then case
                when {{ words }} ~ '(MENINGGAL|WAFAT|ALMARHUM)'
                    then 'TL-MENINGGAL'
                when {{ words }} ~ 'PINDAH' then 'TL-PINDAH'
                when {{ words }}
                    ~ '(TIDAK|TDK) (DITEMUKAN|DIKENAL|ADA DI|BERADA)'
                    then 'TL-TIDAK_DITEMUKAN'
                when {{ words }} ~ '(GANDA|DOBEL|DUPLIKAT)' then 'TL-GANDA'
                when {{ words }}
                    ~ '(\m(PNS|ASN|TNI|POLRI)\M|PERANGKAT DESA|PENSIUN|PEKERJAAN)'
                    then 'TL-PEKERJAAN'
                when {{ words }} ~ '(MENOLAK|MENGUNDURKAN)' then 'TL-MENOLAK'
                when {{ words }} ~ '(\m(NIK|KTP|KK)\M|IDENTITAS|DOKUMEN)' then 'TL-DATA'
                when {{ words }} ~ '(MAMPU|USAHA BESAR|KAYA|SEJAHTERA|BERKECUKUPAN)'
                    and {{ words }} !~ '(TIDAK|TDK|KURANG|BELUM) (MAMPU|SEJAHTERA)'
                    then 'TL-MAMPU'
            end
    end
{%- endmacro %}
