{{ config(
    indexes=[{'columns': ['household_id']}],
) }}

with
reported as (
    select * from {{ ref('int_interventions_reported') }}
),

records as (
    select * from {{ ref('int_person_records_linked') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

funding_labels as (
    select * from {{ ref('funding_labels') }}
),

linked as (
    select
        reported.*,
        records.household_id,
        records.person_id,
        -- A list flags every member of a family for what the family gets once.
        row_number() over (
            partition by
                reported.evidence_kind,
                programmes.programme_code,
                case
                    when reported.evidence_kind != 'FLAG' then reported.record_id
                    when
                        programmes.benefit_unit = 'household'
                        then records.household_id
                    else records.person_id
                end
            order by reported.record_id
        ) as nth
    from reported
    left join records
        on reported.record_id = records.record_id
    left join programmes
        on reported.programme_code = programmes.programme_code
),

tagged as (
    select
        {{ surrogate_key(['linked.record_id', 'linked.programme_code']) }}
            as intervention_id,
        linked.household_id,
        linked.person_id,
        linked.record_id,
        linked.feed,
        linked.entity,
        coalesce(linked.programme_code, 'UNMAPPED') as programme_code,
        linked.programme_label,
        linked.office_code,
        linked.opd_code,
        linked.sub_activity_code,
        linked.partner_name,
        -- The list's own word on who pays, else who usually pays that programme.
        coalesce(
            funding_labels.funder_type,
            programmes.funder_type,
            case linked.feed
                when 'opd' then 'APBD'
                when 'tjsp' then 'CSR'
                when 'baznas' then 'BAZNAS'
                else 'MITRA'
            end
        ) as funder_type,
        programmes.strategy,
        programmes.indicator_code,
        linked.amount_idr,
        linked.units,
        linked.age_recorded,
        linked.target_category,
        linked.delivered_on,
        linked.status,
        linked.status = 'DELIVERED' as is_delivered,
        linked.is_completed,
        linked.evidence_kind,
        linked.evidence_number,
        case
            when linked.programme_code is null then 'PROGRAMME_UNMAPPED'
            when linked.status = 'PLEDGED' then 'PARTNER_NO_EVIDENCE'
        end as finding_code,
        linked.village_code,
        linked.delivery_id,
        linked.delivered_period
    from linked
    left join programmes
        on linked.programme_code = programmes.programme_code
    left join funding_labels
        on linked.funding_label = funding_labels.funding_label
    where linked.nth = 1
)

select * from tagged
