with
delivery as (
    select * from audit.deliveries where delivery_id = {delivery}
),

landed as (
    select
        count(*) as rows_landed,
        count(<<nik>>) as niks,
        count(<<nik>>) - count(distinct <<nik>>) as niks_repeated,
        count(*) filter (where right(<<nik>>, 1) = '0') as niks_ending_in_zero,
        count(*) filter (where village_code is null) as without_village,
        count(*) filter (where left(village_code, 5) <> {regency}) as foreign_villages,
        count(*) filter (
            where num_nulls(source_file, sheet, source_row) > 0
                or regency_code is distinct from {regency}
                or period is distinct from {period}
        ) as strangers
    from {table}
    where delivery_id = {delivery}
),

repeated as (
    select coalesce(sum(times - 1), 0)::bigint as rows_repeated
    from (
        select count(*) as times
        from {table}
        where delivery_id = {delivery}
        group by sheet, source_row
        having count(*) > 1
    ) as same_row
),

refused as (
    select
        count(distinct (sheet, source_row)) as rows_refused,
        count(distinct (sheet, source_row)) filter (where reason_code = 'TENANT_MISMATCH') as foreign_rows
    from quarantine.rejected_rows
    where delivery_id = {delivery}
),

damage as (
    select sheet, source_row, reason_code
    from quarantine.rejected_rows
    where delivery_id = {delivery}
    union all
    select landing.sheet, landing.source_row, split_part(finding, ':', 2)
    from {table} as landing
    cross join lateral unnest(landing.findings) as finding
    where landing.delivery_id = {delivery}
),

grouped as (
    select sheet, source_row, reason_code from damage
    union all
    select sheet, source_row, 'NIK_DAMAGED'
    from damage
    where reason_code in ('NIK_LENGTH', 'NIK_SCI', 'NIK_SERIAL_0000', 'NIK_DUMMY', 'NIK_BAD_DATE')
),

limits (reason_code, limit_pct) as (
    <<limits>>
),

over_limit as (
    select count(*) as reasons
    from (
        select limits.reason_code
        from limits
        inner join grouped on limits.reason_code = grouped.reason_code
        cross join delivery
        group by limits.reason_code, limits.limit_pct, delivery.rows_read
        -- One damaged row in a short list is a slip, not a pattern.
        having count(distinct (grouped.sheet, grouped.source_row)) > greatest(2, limits.limit_pct * delivery.rows_read / 100)
    ) as reason
),

volumes as (
    select
        listed.period,
        sum(listed.rows_loaded) as rows_loaded
    from audit.deliveries as listed
    where listed.regency_code = {regency} and listed.feed = {feed} and listed.entity = {entity}
        and listed.period <= {period}
        and (listed.status = 'landed' or listed.delivery_id = {delivery})
    group by listed.period
    having sum(listed.rows_loaded) > 0
),

volume as (
    select
        (select rows_loaded from volumes where period = {period}) as this_period,
        (select rows_loaded from volumes where period < {period} order by period desc limit 1) as last_period
)

select
    landed.rows_landed,
    abs(delivery.rows_read - delivery.rows_loaded - delivery.rows_quarantined - delivery.rows_duplicate)
    + abs(delivery.rows_loaded - landed.rows_landed)
    + abs(delivery.rows_quarantined - refused.rows_refused) as rows_unaccounted,
    landed.strangers + repeated.rows_repeated as rows_untraceable,
    coalesce(100::float * (refused.rows_refused - refused.foreign_rows) / nullif(delivery.rows_read, 0), 0) as quarantined_pct,
    coalesce(
        100::float * (refused.foreign_rows + landed.foreign_villages) / nullif(delivery.rows_read, 0), 0
    ) as foreign_rows_pct,
    -- Shares of a handful say nothing about the file.
    case when landed.niks >= 50 then 100::float * landed.niks_ending_in_zero / landed.niks else 0 end as niks_ending_in_zero_pct,
    case when <<has_nik>> then coalesce(100::float * landed.niks / nullif(landed.rows_landed, 0), 100) else 100 end as valid_niks_pct,
    case when <<one_row_a_person>> then coalesce(100::float * landed.niks_repeated / nullif(landed.niks, 0), 0) else 0 end as repeated_niks_pct,
    case when <<has_village>> then coalesce(100::float * landed.without_village / nullif(landed.rows_landed, 0), 0) else 0 end
        as without_village_pct,
    over_limit.reasons as reasons_over_limit,
    coalesce(100::float * delivery.rows_duplicate / nullif(delivery.rows_read, 0), 0) as duplicate_rows_pct,
    coalesce(100::float * volume.this_period / volume.last_period, 100) as volume_pct
from delivery
cross join landed
cross join repeated
cross join refused
cross join over_limit
cross join volume
