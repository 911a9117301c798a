-- Lists of money, promises, minutes and figures name nobody, so they give linkage no records.
with
frozen as (
    select delivery.*, release.overtaken_senders <> '[]' as is_partly_overtaken
    from audit.deliveries as delivery
    inner join audit.release_deliveries as release
        on delivery.delivery_id = release.delivery_id and release.release_id = {release_id}
),

recorded as (
    select delivery_id, count(*) as records
    from {work}.int_person_records_unioned
    group by delivery_id
)

select
    count(*) filter (
        where (frozen.rows_read = frozen.rows_loaded + frozen.rows_quarantined + frozen.rows_duplicate) is not true
    ) as deliveries_unbalanced,
    coalesce(
        sum(
            case
                -- Rows of a sender whose later list counts are left out on purpose.
                when frozen.is_partly_overtaken then greatest(coalesce(recorded.records, 0) - frozen.rows_loaded, 0)
                else abs(frozen.rows_loaded - coalesce(recorded.records, 0))
            end
        ) filter (
            where (frozen.feed, frozen.entity) not in (
                ('apbd', 'budget_lines'), ('apbd', 'realisations'), ('apbdes', 'budget_lines'),
                ('tjsp', 'commitments'), ('handover', 'records'), ('bps', 'indicators'),
                ('corrections', 'rows'), ('decisions', 'link_pairs')
            )
        ),
        0
    )::bigint as rows_lost_on_the_way
from frozen
left join recorded on frozen.delivery_id = recorded.delivery_id
