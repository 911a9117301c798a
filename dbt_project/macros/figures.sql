{#- A share in percent with two decimals; null where there is nothing to share. -#}
{% macro percentage(part, whole) -%}
    round(100.0 * {{ part }} / nullif({{ whole }}, 0), 2)
{%- endmacro %}

{#- Whole months from an earlier period to that of the run. -#}
{% macro months_between(earlier_period) -%}
    (
        (split_part('{{ var("period") }}', '-', 1)::integer
        - split_part({{ earlier_period }}, '-', 1)::integer) * 12
        + split_part('{{ var("period") }}', '-', 2)::integer
        - split_part({{ earlier_period }}, '-', 2)::integer
    )
{%- endmacro %}
