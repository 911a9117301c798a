-- Households by the feeds that know them: the cells of the Venn diagram.
select
    concat_ws(
        ' + ',
        case when in_p3ke then 'P3KE' end,
        case when in_dtks then 'DTKS' end,
        case when in_pkh then 'PKH' end
    ) as feeds,
    sum(count)::bigint as households
from marts.mart_feed_agreement
where release_id = %(release_id)s and grain = 'household'
group by in_p3ke, in_dtks, in_pkh
order by in_p3ke::int + in_dtks::int + in_pkh::int, 1
