with
commitments as (
    select * from {{ ref('stg_tjsp__commitments') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

partners as (
    select * from {{ ref('partners') }}
),

deliveries as (
    select * from {{ ref('int_partner_deliveries_matched') }}
),

delivered as (
    select
        commitment_id,
        sum(units) filter (where is_delivered) as delivered_units,
        sum(amount_idr) filter (where is_delivered) as delivered_idr,
        sum(units) filter (where not is_delivered) as unproven_units,
        sum(amount_idr) filter (where not is_delivered) as unproven_idr
    from deliveries
    where commitment_id is not null
    group by commitment_id
),

named as (
    select
        commitments.*,
        {{ programme_of_label("'tjsp'", 'commitments.programme_label') }}
            as programme_code,
        {{ budget_year('commitments', 'commitment_year') }} as year_promised
    from commitments
),

progressed as (
    select
        named.record_id as commitment_id,
        named.partner_code,
        named.company_name as partner_name,
        partners.funder_type,
        coalesce(named.is_forum_member, false) as is_forum_member,
        named.agreement_number,
        named.programme_label,
        coalesce(named.programme_code, 'UNMAPPED') as programme_code,
        coalesce(named.indicator_label, programmes.indicator_code)
            as indicator_code,
        named.village_code,
        named.year_promised as commitment_year,
        upper(named.commitment_status) as commitment_status,
        named.target_units,
        named.unit_cost_idr,
        named.committed_idr,
        named.reported_idr,
        named.evidence_number,
        coalesce(delivered.delivered_units, 0) as delivered_units,
        coalesce(delivered.delivered_idr, 0) as delivered_idr,
        coalesce(delivered.unproven_units, 0) as unproven_units,
        coalesce(delivered.unproven_idr, 0) as unproven_idr,
        coalesce(
            named.commitment_status in ('pledged', 'signed', 'in_progress')
            and named.year_promised >= {{ run_year() }},
            false
        ) as is_open
    from named
    left join programmes
        on named.programme_code = programmes.programme_code
    left join partners
        on named.partner_code = partners.partner_code
    left join delivered
        on named.record_id = delivered.commitment_id
),

-- What was given without a promise anybody wrote down: BAZNAS, the army, a company
-- that names no agreement.
unpromised as (
    select
        null::text as commitment_id,
        case feed
            when 'tjsp' then 'TJSP' when 'baznas' then 'BAZNAS' else 'TNI'
        end as partner_code,
        partner_name,
        funder_type,
        false as is_forum_member,
        null::text as agreement_number,
        programme_label,
        programme_code,
        indicator_code,
        village_code,
        {{ run_year() }} as commitment_year,
        'UNCOMMITTED' as commitment_status,
        null::numeric as target_units,
        null::numeric as unit_cost_idr,
        null::numeric as committed_idr,
        null::numeric as reported_idr,
        null::text as evidence_number,
        coalesce(sum(units) filter (where is_delivered), 0) as delivered_units,
        coalesce(sum(amount_idr) filter (where is_delivered), 0)
            as delivered_idr,
        coalesce(sum(units) filter (where not is_delivered), 0)
            as unproven_units,
        coalesce(sum(amount_idr) filter (where not is_delivered), 0)
            as unproven_idr,
        false as is_open
    from deliveries
    where commitment_id is null
    group by
        feed, partner_name, funder_type, programme_label, programme_code,
        indicator_code, village_code
),

unioned as (
    select * from progressed
    union all
    select * from unpromised
)

-- A promise is a promise until somebody shows what was handed over.
select
    unioned.*,
    {{ surrogate_key([
        'commitment_id', 'partner_code', 'partner_name', 'funder_type',
        'programme_label', 'programme_code', 'indicator_code', 'village_code',
    ]) }} as commitment_key,
    upper(left(md5(concat_ws(
        '|', '{{ var("regency") }}', commitment_year, upper(partner_name),
        agreement_number, programme_label, village_code
    )), 12)) as offer_code,
    delivered_units > 0 or evidence_number is not null as has_evidence,
    case
        when is_open
            then greatest(floor(target_units) - delivered_units, 0)::integer
        else 0
    end as open_units,
    case
        when unproven_units > 0 then 'PARTNER_NO_EVIDENCE'
        when commitment_status = 'DELIVERED'
            and delivered_units = 0
            and evidence_number is null
            then 'PARTNER_NO_EVIDENCE'
    end as finding_code
from unioned
