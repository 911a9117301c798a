with
office_lists as (
    select *
    from {{ ref('office_lists') }} as listed
    where {{ is_in_force('listed') }}
),

offices as (
    select * from {{ ref('offices') }}
),

interventions as (
    select *
    from {{ ref('int_interventions_unioned') }}
    where feed = 'opd'
),

received as (
    select
        office_code,
        max(opd_code) as opd_code,
        min(programme_code) as programme_code,
        count(*)::integer as recipients,
        count(*) filter (where is_delivered)::integer as deliveries,
        coalesce(sum(amount_idr), 0) as amount_idr,
        coalesce(sum(amount_idr) filter (where is_delivered), 0)
            as delivered_idr
    from interventions
    group by office_code
)

-- Expected and not there is late; there and not expected is a list to register.
select
    {{ surrogate_key([
        'coalesce(office_lists.office_code, received.office_code)'
    ]) }} as row_id,
    {{ release_columns() }},
    coalesce(office_lists.office_code, received.office_code, 'UNKNOWN')
        as office_code,
    coalesce(office_lists.opd_code, received.opd_code) as opd_code,
    offices.short_name as opd_short_name,
    coalesce(office_lists.programme_code, received.programme_code)
        as programme_code,
    coalesce(office_lists.is_expected_monthly, false) as is_expected,
    received.recipients is not null as is_received,
    coalesce(received.recipients, 0) as recipients,
    coalesce(received.deliveries, 0) as deliveries,
    coalesce(received.amount_idr, 0) as amount_idr,
    coalesce(received.delivered_idr, 0) as delivered_idr,
    case
        when received.recipients is null and office_lists.is_expected_monthly
            then 'LIST_MISSING'
        when office_lists.office_code is null then 'LIST_UNREGISTERED'
    end as finding_code
from office_lists
full outer join received
    on office_lists.office_code = received.office_code
left join offices
    on coalesce(office_lists.opd_code, received.opd_code) = offices.opd_code
