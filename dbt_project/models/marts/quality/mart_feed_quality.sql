with
expected_feeds as (
    select *
    from {{ ref('expected_feeds') }} as feeds
    where {{ is_in_force('feeds') }}
),

landed_rows as (
    select * from {{ ref('int_landed_rows_counted') }}
),

deliveries as (
    select deliveries.*
    from {{ source('audit', 'deliveries') }} as deliveries
    inner join {{ source('audit', 'release_deliveries') }} as frozen
        on deliveries.delivery_id = frozen.delivery_id
            and frozen.release_id = '{{ var("release_id") }}'
),

deliveries_summed as (
    select
        feed,
        entity,
        count(*) filter (where corrects is null) as deliveries,
        max(period) as newest_period,
        -- A mended row was read and refused in the delivery it came in; its second
        -- delivery only moves it from refused to loaded.
        sum(rows_read) filter (where corrects is null) as rows_read,
        sum(rows_loaded) as rows_loaded,
        sum(rows_quarantined)
        - coalesce(sum(rows_read) filter (where corrects is not null), 0)
            as rows_quarantined,
        sum(rows_duplicate) as rows_duplicate,
        sum(rows_loaded) filter (where corrects is not null) as rows_mended
    from deliveries
    group by feed, entity
),

rows_summed as (
    select
        feed,
        entity,
        sum(row_count) filter (where has_valid_nik is not null)
            as rows_with_nik,
        coalesce(sum(row_count) filter (where has_valid_nik), 0)
            as rows_valid_nik,
        sum(row_count) filter (where is_padan is not null) as rows_with_padan,
        coalesce(sum(row_count) filter (where is_padan), 0) as rows_padan,
        sum(row_count) filter (where not has_village) as rows_unknown_village,
        sum(row_count) filter (where findings != '') as rows_with_findings
    from landed_rows
    group by feed, entity
)

-- An expected feed that sent nothing is a row of zeros, not a missing row (R8).
select
    {{ surrogate_key(['expected_feeds.feed', 'expected_feeds.entity']) }}
        as row_id,
    {{ release_columns() }},
    expected_feeds.feed,
    expected_feeds.entity,
    expected_feeds.owner,
    -- The list whose desil decides is one nobody can do without.
    expected_feeds.is_required
    or expected_feeds.feed = 'dtsen' and {{ desil_source() }} = 'DTSEN'
        as is_required,
    coalesce(deliveries_summed.deliveries, 0)::integer as deliveries,
    deliveries_summed.newest_period,
    {{ months_between('deliveries_summed.newest_period') }}
        as freshness_months,
    coalesce(deliveries_summed.rows_read, 0)::integer as rows_read,
    coalesce(deliveries_summed.rows_loaded, 0)::integer as rows_loaded,
    coalesce(deliveries_summed.rows_quarantined, 0)::integer
        as rows_quarantined,
    coalesce(deliveries_summed.rows_duplicate, 0)::integer as rows_duplicate,
    coalesce(deliveries_summed.rows_mended, 0)::integer as rows_mended,
    coalesce(rows_summed.rows_with_findings, 0)::integer as rows_with_findings,
    coalesce(rows_summed.rows_valid_nik, 0)::integer as rows_valid_nik,
    {{ percentage('rows_summed.rows_valid_nik', 'rows_summed.rows_with_nik') }}
        as valid_nik_pct,
    {{ percentage('rows_summed.rows_padan', 'rows_summed.rows_with_padan') }}
        as padan_pct,
    coalesce(rows_summed.rows_unknown_village, 0)::integer
        as rows_unknown_village
from expected_feeds
left join deliveries_summed
    on expected_feeds.feed = deliveries_summed.feed
        and expected_feeds.entity = deliveries_summed.entity
left join rows_summed
    on expected_feeds.feed = rows_summed.feed
        and expected_feeds.entity = rows_summed.entity
