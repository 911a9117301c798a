-- Rupiah on the lists of offices, villages and partners = rupiah in the fact,
-- list by list: no delivery is dropped, none is counted twice (R38).
with
fact as (
    select
        feed,
        count(*) as row_count,
        coalesce(sum(amount_idr), 0) as amount_idr
    from {{ ref('fct_interventions') }}
    where evidence_kind != 'FLAG'
    group by feed
),

staged as (
    {%- for feed, relation in {
        'opd': 'stg_opd__deliveries',
        'blt_dd': 'stg_blt_dd__recipients',
        'tjsp': 'stg_tjsp__deliveries',
        'baznas': 'stg_baznas__distributions',
        'tni': 'stg_tni__housing_units',
        'pkh': 'stg_pkh__payments',
    }.items() %}
    select
        '{{ feed }}' as feed,
        count(*) as row_count,
        coalesce(sum(amount_idr), 0) as amount_idr
    from {{ ref(relation) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    staged.feed,
    staged.amount_idr as staged_idr,
    fact.amount_idr as fact_idr
from staged
left join fact
    on staged.feed = fact.feed
where staged.row_count != coalesce(fact.row_count, 0)
    or staged.amount_idr != coalesce(fact.amount_idr, 0)
