{#- The budget year of a row; a file without the column is about the year it was sent in. -#}
{% macro budget_year(alias, column='budget_year') -%}
    coalesce(
        {{ alias }}.{{ column }},
        left({{ alias }}.delivered_period, 4)::integer
    )
{%- endmacro %}

{#- Year and month of this run, as numbers. -#}
{% macro run_year() -%}
    {{ var("period")[:4] | int }}
{%- endmacro %}

{% macro run_month() -%}
    {{ var("period")[5:] | int }}
{%- endmacro %}

{#- The three strategies by their code or by the words of Inpres 4/2022. -#}
{% macro strategy_code(column) -%}
    case
        when {{ column }} in ('EXPENDITURE', 'INCOME', 'POCKET') then {{ column }}
        when {{ column }} like '%BEBAN PENGELUARAN%' then 'EXPENDITURE'
        when {{ column }} like '%PENDAPATAN%' then 'INCOME'
        when {{ column }} like '%KANTONG%' then 'POCKET'
    end
{%- endmacro %}

{#- A percentage that may be far above a hundred, kept inside numeric(5,2). -#}
{% macro bounded_percentage(part, whole) -%}
    case
        when {{ percentage(part, whole) }} > 999.99 then 999.99
        when {{ percentage(part, whole) }} < -999.99 then -999.99
        else {{ percentage(part, whole) }}
    end
{%- endmacro %}

{#- Cash planned over the twelve months of a delivered line; nothing planned is zero. -#}
{% macro yearly_plan() -%}
    (
    {%- for month in range(1, 13) -%}
    {{ ' + ' if not loop.first }}coalesce(planned_month_{{ month }}_idr, 0)
    {%- endfor -%}
    )
{%- endmacro %}

{#- Whether a household has the need a programme answers, beside its desil: the
    deprivation, the pathway, and no programme that answers it already. -#}
{% macro has_need(need, household) -%}
    (
        {{ need }}.needs_indicator_code is null
        or case {{ need }}.needs_indicator_code
            when 'RUMAH' then {{ household }}.is_deprived_housing
            when 'PENDIDIKAN' then {{ household }}.is_deprived_education
            when 'KESEHATAN' then {{ household }}.is_deprived_health
            when 'EKONOMI' then {{ household }}.is_deprived_economy
            when 'PEKERJAAN' then {{ household }}.is_deprived_employment
        end
    )
    and (
        {{ need }}.needs_pathway is null
        or case {{ need }}.needs_pathway
            when 'AID' then {{ household }}.members_aid > 0
            when 'TRAIN_OR_CAPITAL'
                then {{ household }}.members_train_or_capital > 0
            when 'FAMILY' then {{ household }}.members_family > 0
        end
    )
    and (
        {{ need }}.not_with_programme_code is null
        or {{ need }}.not_with_programme_code
        != all(string_to_array({{ household }}.programmes_received, ','))
    )
{%- endmacro %}
