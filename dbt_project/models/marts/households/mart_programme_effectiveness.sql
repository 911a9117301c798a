with
history as (
    select * from {{ ref('mart_household_history') }}
),

-- Each programme a household received, with the state it had when that began.
helped as (
    select distinct on (history.household_id, received.programme_code)
        history.household_id,
        received.programme_code,
        history.valid_from as helped_from,
        history.desil,
        history.deprivation_count
    from history
    cross join
        lateral unnest(string_to_array(history.programmes_received, ','))
            as received (programme_code)
    where history.is_on_list
    order by
        history.household_id asc,
        received.programme_code asc,
        history.valid_from asc
),

now_known as (
    select * from history
    where is_current
),

followed as (
    select
        helped.programme_code,
        {{ months_between('helped.helped_from') }} as months_since,
        now_known.left_reason,
        now_known.is_on_list,
        now_known.desil > helped.desil as is_desil_higher,
        now_known.deprivation_count < helped.deprivation_count
            as is_less_deprived
    from helped
    inner join now_known
        on helped.household_id = now_known.household_id
),

-- The dead did not leave poverty. What follows help is not yet its effect (R50).
counted as (
    select
        programme_code,
        months_since,
        count(*)::integer as recipients,
        count(*) filter (where is_on_list)::integer as still_on_list,
        count(*) filter (where not is_on_list)::integer as left_list,
        count(*) filter (where left_reason = 'WELL_OFF')::integer
            as left_well_off,
        count(*) filter (where left_reason = 'DECEASED')::integer
            as left_deceased,
        count(*) filter (where is_on_list and is_desil_higher)::integer
            as desil_higher,
        count(*) filter (where is_on_list and is_less_deprived)::integer
            as less_deprived
    from followed
    group by programme_code, months_since
)

select
    {{ surrogate_key(['programme_code', 'months_since']) }} as row_id,
    {{ release_columns() }},
    programme_code,
    months_since,
    recipients,
    still_on_list,
    left_list,
    left_well_off,
    left_deceased,
    desil_higher,
    less_deprived,
    {{ percentage('(left_list - left_deceased)', '(recipients - left_deceased)') }}
        as left_list_pct,
    {{ percentage('less_deprived', 'recipients') }} as less_deprived_pct
from counted
