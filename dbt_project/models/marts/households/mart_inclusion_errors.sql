with
interventions as (
    select * from {{ ref('int_interventions_unioned') }}
    where is_delivered and household_id is not null
),

programmes as (
    select * from {{ ref('int_household_programmes_assessed') }}
),

households as (
    select * from {{ ref('int_households_assessed') }}
),

inclusion_reasons as (
    select * from {{ ref('inclusion_reasons') }}
),

given as (
    select
        household_id,
        programme_code,
        funder_type,
        min(village_code) as village_code,
        sum(amount_idr) as amount_idr
    from interventions
    group by household_id, programme_code, funder_type
),

-- Who is on no list at all is judged nowhere else, and is an error all the same.
judged as (
    select
        given.programme_code,
        given.funder_type,
        given.household_id,
        given.amount_idr,
        case
            when households.household_id is null then given.village_code
            else households.village_code
        end as village_code,
        case
            when households.household_id is null then 'NOT_LISTED'
            else programmes.inclusion_error_reasons
        end as reasons
    from given
    left join households
        on given.household_id = households.household_id
    left join programmes
        on given.household_id = programmes.household_id
            and given.programme_code = programmes.programme_code
),

-- A family may be an error for two reasons; it and its money are counted in
-- full under each, and once under the first.
explained as (
    select
        judged.*,
        listed.reason_code,
        listed.nth
    from judged
    cross join
        lateral
        unnest(string_to_array(judged.reasons, ','))
        with ordinality as listed (reason_code, nth)
    where judged.reasons != ''
),

counted as (
    select
        village_code,
        programme_code,
        funder_type,
        reason_code,
        count(*)::integer as households,
        count(*) filter (where nth = 1)::integer as households_counted_once,
        coalesce(sum(amount_idr), 0) as amount_idr,
        coalesce(sum(amount_idr) filter (where nth = 1), 0)
            as amount_counted_once_idr
    from explained
    group by village_code, programme_code, funder_type, reason_code
)

select
    {{ surrogate_key([
        'counted.village_code', 'counted.programme_code', 'counted.funder_type',
        'counted.reason_code'
    ]) }} as row_id,
    {{ release_columns() }},
    left(counted.village_code, 8) as kecamatan_code,
    counted.village_code as desa_code,
    counted.programme_code,
    counted.funder_type,
    counted.reason_code,
    inclusion_reasons.name_id as reason_id,
    inclusion_reasons.name_en as reason_en,
    counted.households,
    counted.households_counted_once,
    counted.amount_idr,
    counted.amount_counted_once_idr
from counted
left join inclusion_reasons
    on counted.reason_code = inclusion_reasons.reason_code
