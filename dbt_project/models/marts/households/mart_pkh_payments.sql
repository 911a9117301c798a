with
payments as (
    select * from {{ ref('int_pkh_payments_assessed') }}
),

counted as (
    select
        village_code,
        stage_year,
        stage,
        payment_status,
        payment_class,
        count(distinct participant_id_pkh)::integer as families,
        (count(*) filter (where is_paid))::integer as families_paid,
        coalesce(sum(amount_idr), 0) as delivered_idr,
        coalesce(sum(amount_idr) filter (where is_paid), 0) as paid_idr,
        coalesce(sum(rule_idr), 0) as rule_idr,
        (count(*) filter (where is_off_the_rule))::integer
            as amounts_off_the_rule,
        (count(*) filter (where is_over_most_components))::integer
            as paid_over_most_components
    from payments
    group by
        village_code, stage_year, stage, payment_status, payment_class
)

select
    {{ surrogate_key([
        'village_code', 'stage_year', 'stage', 'payment_status',
    ]) }} as row_id,
    {{ release_columns() }},
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    stage_year,
    stage,
    payment_status,
    payment_class,
    families,
    families_paid,
    delivered_idr,
    paid_idr,
    rule_idr,
    amounts_off_the_rule,
    paid_over_most_components
from counted
