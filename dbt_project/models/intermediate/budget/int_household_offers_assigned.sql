{#- Scarce and costly help is given out first, so that nobody gets a food parcel
    where a house could have been repaired. -#}
{%- set indicators = [
    ('RUMAH', 'is_deprived_housing'),
    ('PENDIDIKAN', 'is_deprived_education'),
    ('PEKERJAAN', 'is_deprived_employment'),
    ('KESEHATAN', 'is_deprived_health'),
    ('EKONOMI', 'is_deprived_economy'),
] -%}

with
needs as (
    select * from {{ ref('int_household_needs_ranked') }}
),

households as (
    select * from {{ ref('int_households_assessed') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

interventions as (
    select *
    from {{ ref('int_interventions_unioned') }}
    where is_delivered
        and household_id is not null
),

partner_deliveries as (
    select * from {{ ref('int_partner_deliveries_matched') }}
),

commitments as (
    select * from {{ ref('int_partner_commitments_progressed') }}
),

previous_offers as (
    select * from {{ ref('int_previous_offers_read') }}
),

-- R29: in need of what is offered to partners, and after the ceiling.
residual as (
    select distinct on (needs.household_id)
        needs.household_id,
        needs.programme_code,
        needs.priority_rank,
        needs.village_code,
        needs.priority_tier,
        households.desil,
        households.deprivation_count,
        households.is_deprived_housing,
        households.is_deprived_education,
        households.is_deprived_health,
        households.is_deprived_economy,
        households.is_deprived_employment,
        programmes.indicator_code
    from needs
    inner join households
        on needs.household_id = households.household_id
    left join programmes
        on needs.programme_code = programmes.programme_code
    where needs.is_offered_to_partners
        and not needs.is_fundable
    order by needs.household_id asc, needs.priority_rank asc
),

-- Another public purse answers the same indicator this month.
funded_elsewhere as (
    select
        residual.household_id,
        string_agg(
            distinct interventions.funder_type, ','
            order by interventions.funder_type
        ) as funded_by
    from residual
    inner join interventions
        on residual.household_id = interventions.household_id
            and residual.indicator_code = interventions.indicator_code
    where interventions.funder_type in ('APBN', 'APBD', 'APBDES')
    group by residual.household_id
),

-- Delivered is what names the household and shows evidence.
delivered as (
    select distinct on (partner_deliveries.household_id)
        partner_deliveries.household_id,
        partner_deliveries.partner_name,
        partner_deliveries.indicator_code,
        coalesce(commitments.offer_code, upper(partner_deliveries.feed))
            as offer_code
    from partner_deliveries
    left join commitments
        on partner_deliveries.commitment_id = commitments.commitment_id
    where partner_deliveries.is_delivered
        and partner_deliveries.household_id is not null
    order by
        partner_deliveries.household_id asc,
        partner_deliveries.delivered_on asc,
        partner_deliveries.intervention_id asc
),

returned as (
    select previous_offers.household_id
    from previous_offers
    inner join commitments
        on previous_offers.offer_code = commitments.offer_code
    where previous_offers.offer_status in ('OFFERED', 'ACCEPTED')
        and commitments.commitment_status = 'CANCELLED'
    group by previous_offers.household_id
),

settled as (
    select
        residual.*,
        funded_elsewhere.funded_by,
        previous_offers.offered_indicator_code as previous_indicator_code,
        case
            when delivered.household_id is not null then 'DELIVERED'
            when previous_offers.offer_status = 'DELIVERED' then 'DELIVERED'
            when funded_elsewhere.household_id is not null
                then 'FUNDED_ELSEWHERE'
            when returned.household_id is not null then 'RETURNED'
        end as settled_status,
        coalesce(delivered.partner_name, previous_offers.offered_to)
            as settled_partner,
        coalesce(delivered.offer_code, previous_offers.offer_code)
            as settled_offer_code,
        coalesce(
            delivered.indicator_code, previous_offers.offered_indicator_code
        ) as settled_indicator_code
    from residual
    left join funded_elsewhere
        on residual.household_id = funded_elsewhere.household_id
    left join delivered
        on residual.household_id = delivered.household_id
    left join previous_offers
        on residual.household_id = previous_offers.household_id
    left join returned
        on residual.household_id = returned.household_id
),

-- One row a promised unit that is still open; what has begun comes first.
units as (
    select
        commitments.village_code,
        commitments.indicator_code,
        commitments.offer_code,
        commitments.partner_name,
        case
            when commitments.commitment_status in ('SIGNED', 'IN_PROGRESS')
                then 'ACCEPTED'
            else 'OFFERED'
        end as offer_status,
        row_number() over (
            partition by commitments.village_code, commitments.indicator_code
            order by
                array_position(
                    array['IN_PROGRESS', 'SIGNED', 'PLEDGED'],
                    commitments.commitment_status
                ),
                commitments.offer_code,
                numbered.nth_unit
        ) as nth
    from commitments
    cross join lateral generate_series(1, commitments.open_units)
        as numbered (nth_unit)
),

{% for indicator, flag in indicators -%}
-- In each village the first in order takes the first unit; nobody takes two.
{{ indicator | lower }}_queue as (
    select
        settled.household_id,
        settled.village_code,
        row_number() over (
            partition by settled.village_code
            order by
                coalesce(
                    settled.previous_indicator_code = '{{ indicator }}', false
                ) desc,
                settled.priority_rank
        ) as nth
    from settled
    {% for earlier, _ in indicators[:loop.index0] -%}
    left join {{ earlier | lower }}_offers
        on settled.household_id = {{ earlier | lower }}_offers.household_id
    {% endfor -%}
    where settled.settled_status is null
        and settled.{{ flag }}
        {% for earlier, _ in indicators[:loop.index0] -%}
        and {{ earlier | lower }}_offers.household_id is null
        {% endfor %}
),

{{ indicator | lower }}_offers as (
    select
        {{ indicator | lower }}_queue.household_id,
        units.partner_name,
        units.offer_code,
        units.indicator_code,
        units.offer_status
    from {{ indicator | lower }}_queue
    inner join units
        on {{ indicator | lower }}_queue.village_code = units.village_code
            and {{ indicator | lower }}_queue.nth = units.nth
            and units.indicator_code = '{{ indicator }}'
),

{% endfor -%}
offers as (
    {% for indicator, _ in indicators -%}
    select * from {{ indicator | lower }}_offers
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

-- Whom no promise reaches is offered to BAZNAS, in order.
select
    settled.household_id,
    settled.programme_code,
    settled.priority_rank,
    settled.village_code,
    settled.priority_tier,
    settled.desil,
    settled.deprivation_count,
    settled.is_deprived_housing,
    settled.is_deprived_education,
    settled.is_deprived_health,
    settled.is_deprived_economy,
    settled.is_deprived_employment,
    settled.funded_by,
    case
        when settled.settled_status = 'FUNDED_ELSEWHERE' then null
        when settled.settled_status is not null then settled.settled_partner
        else coalesce(offers.partner_name, 'BAZNAS')
    end as offered_to,
    case
        when settled.settled_status = 'FUNDED_ELSEWHERE' then null
        when settled.settled_status is not null
            then settled.settled_offer_code
        else coalesce(offers.offer_code, 'BAZNAS')
    end as offer_code,
    case
        when settled.settled_status = 'FUNDED_ELSEWHERE' then null
        when settled.settled_status is not null
            then settled.settled_indicator_code
        else offers.indicator_code
    end as offered_indicator_code,
    coalesce(
        settled.settled_status, offers.offer_status, 'OFFERED'
    ) as offer_status
from settled
left join offers
    on settled.household_id = offers.household_id
