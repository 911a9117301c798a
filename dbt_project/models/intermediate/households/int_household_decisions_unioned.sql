{{ config(materialized='view') }}
{%- set visits = {
    'musdes_decisions': 'stg_verval__musdes_decisions',
    'puskesos_visits': 'stg_verval__puskesos_visits',
    'tksk_visits': 'stg_verval__tksk_visits',
    'pkh_visits': 'stg_verval__pkh_visits',
    'unified_decisions': 'stg_verval__decisions',
    'p3ke_verifications': 'stg_p3ke__verifications',
} %}
{%- set with_minutes = ['musdes_decisions', 'unified_decisions'] %}

with
{%- for visit, staged in visits.items() %}
{{ visit }} as (
    select * from {{ ref(staged) }}
),
{% endfor %}
pkh_exits as (
    select * from {{ ref('stg_pkh__exits') }}
),

records as (
    select * from {{ ref('int_person_records_linked') }}
),

-- Decisions of one round stand beside each other: the month they were sent in.
-- An exit is news in its own month only; the file of exits repeats it for years.
decided as (
    {%- for visit in visits %}
    select
        record_id,
        officer_role,
        decision_code,
        {{ 'null::date' if visit == 'p3ke_verifications' else 'decided_date' }}
            as decided_date,
        delivered_period as round_period,
        {{ 'minutes_number' if visit in with_minutes else 'null::text' }}
            as minutes_number
    from {{ visit }}
    union all
    {%- endfor %}
    -- Who graduates is better off; "no component left" says nothing of that.
    select
        record_id,
        'pkh_exit',
        case
            when exit_kind ~ '(MANDIRI|PPSE|SEJAHTERA)' then 'TL-MAMPU'
            else {{ decision_code(
                "'TIDAK'", "concat_ws(' ', exit_kind, reason_text)"
            ) }}
        end,
        exit_date,
        coalesce(to_char(exit_date, 'YYYY-MM'), delivered_period),
        minutes_number
    from pkh_exits
)

-- The template carries no date: the last day of the month it was sent in.
select
    decided.record_id,
    records.household_id,
    decided.officer_role,
    decided.decision_code,
    coalesce(
        decided.decided_date,
        (
            to_date(decided.round_period, 'YYYY-MM')
            + interval '1 month' - interval '1 day'
        )::date
    ) as decided_on,
    decided.round_period,
    decided.minutes_number
from decided
inner join records
    on decided.record_id = records.record_id
where decided.decision_code is not null
    and decided.officer_role is not null
    and records.household_id is not null
