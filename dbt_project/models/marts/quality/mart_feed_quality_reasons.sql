with
landed_rows as (
    select * from {{ ref('int_landed_rows_counted') }}
),

rejected_rows as (
    select * from {{ source('quarantine', 'rejected_rows') }}
    where {{ is_frozen_in_this_release() }}
),

reason_codes as (
    select * from {{ ref('reason_codes') }}
),

-- A finding is written `column:CODE`.
findings as (
    select
        landed_rows.feed,
        landed_rows.entity,
        split_part(listed.finding, ':', 1) as column_name,
        split_part(listed.finding, ':', 2) as reason_code,
        landed_rows.row_count
    from landed_rows
    cross join
        lateral regexp_split_to_table(landed_rows.findings, ',')
            as listed (finding)
    where landed_rows.findings != ''
),

counted as (
    select
        feed,
        entity,
        'finding' as kind,
        column_name,
        reason_code,
        sum(row_count)::integer as reason_count
    from findings
    group by feed, entity, column_name, reason_code
    union all
    select
        feed,
        entity,
        'rejected',
        column_name,
        reason_code,
        count(*)::integer
    from rejected_rows
    group by feed, entity, column_name, reason_code
)

select
    {{ surrogate_key([
        'counted.feed', 'counted.entity', 'counted.kind',
        'counted.column_name', 'counted.reason_code'
    ]) }} as row_id,
    {{ release_columns() }},
    counted.feed,
    counted.entity,
    counted.kind,
    counted.column_name,
    counted.reason_code,
    reason_codes.text_id as reason_id,
    reason_codes.text_en as reason_en,
    counted.reason_count as count
from counted
left join reason_codes
    on counted.reason_code = reason_codes.reason_code
