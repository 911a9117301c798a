{{ config(
    indexes=[{'columns': ['household_id', 'valid_from'], 'unique': true}],
) }}

with
households as (
    select * from {{ ref('int_households_assessed') }}
),

previous as (
    select * from {{ ref('int_previous_history_read') }}
),

previous_releases as (
    select * from {{ ref('int_previous_releases_read') }}
),

decision_codes as (
    select * from {{ ref('decision_codes') }}
),

-- On the list is a living family that a list of those to be helped still names,
-- or that the field added. The dead leave it, and whom the field struck off.
states as (
    select
        households.household_id,
        households.village_code,
        households.desil,
        households.deprivation_count,
        households.programmes_received,
        households.members > 0
        and (
            households.in_p3ke or households.in_dtks or households.in_pkh
            or households.is_candidate
            or coalesce(households.desil_source = 'DTSEN', false)
        )
        and households.verification_status != 'VERIFIED_INELIGIBLE'
            as is_on_list,
        case
            when households.members = 0 then 'DECEASED'
            when households.verification_status = 'VERIFIED_INELIGIBLE'
                then coalesce(
                        nullif(decision_codes.inclusion_reason, ''),
                        'NO_DOCUMENTS'
                    )
            else 'LEFT_LISTS'
        end as reason
    from households
    left join decision_codes
        on households.verification_decision = decision_codes.decision_code
),

open_before as (
    select * from previous
    where valid_to is null
),

compared as (
    select
        coalesce(states.household_id, open_before.household_id) as household_id,
        case
            when states.household_id is null then open_before.desa_code
            else states.village_code
        end as village_code,
        coalesce(states.desil, open_before.desil) as desil,
        coalesce(states.deprivation_count, open_before.deprivation_count)
            as deprivation_count,
        coalesce(states.is_on_list, false) as is_on_list,
        coalesce(states.reason, 'NOT_SEEN') as reason,
        coalesce(states.programmes_received, '') as programmes_received,
        states.household_id is not null as is_here,
        open_before.household_id is not null as was_here,
        -- Unseen and off the list before is no news.
        case
            when open_before.household_id is null then false
            when states.household_id is null then not open_before.is_on_list
            else
                open_before.is_on_list = states.is_on_list
                and coalesce(open_before.desa_code, '')
                = coalesce(states.village_code, '')
                and coalesce(open_before.desil, 0) = coalesce(states.desil, 0)
                and open_before.deprivation_count = states.deprivation_count
        end as is_same,
        open_before.valid_from,
        open_before.first_seen,
        open_before.last_seen,
        open_before.months_seen,
        open_before.left_reason,
        open_before.programmes_received as programmes_then,
        open_before.programmes_before
    from states
    full outer join open_before
        on states.household_id = open_before.household_id
),

-- What was over before, and what a change has ended now.
closed as (
    select
        household_id,
        desa_code as village_code,
        desil,
        deprivation_count,
        is_on_list,
        left_reason,
        valid_from,
        valid_to,
        first_seen,
        last_seen,
        months_seen,
        programmes_received,
        programmes_before
    from previous
    where valid_to is not null
    union all
    select
        open_before.household_id,
        open_before.desa_code,
        open_before.desil,
        open_before.deprivation_count,
        open_before.is_on_list,
        open_before.left_reason,
        open_before.valid_from,
        -- It was true in the last month readers were told of.
        previous_releases.previous_period,
        open_before.first_seen,
        open_before.last_seen,
        open_before.months_seen,
        open_before.programmes_received,
        open_before.programmes_before
    from open_before
    cross join previous_releases
    inner join compared
        on open_before.household_id = compared.household_id
    where not compared.is_same
),

-- A state that lasts gathers the programmes of its months; one that begins
-- remembers those of the state before: after which programme it came.
opened as (
    select
        compared.household_id,
        compared.village_code,
        compared.desil,
        compared.deprivation_count,
        compared.is_on_list,
        case
            when compared.is_on_list then null
            when compared.is_same then compared.left_reason
            else compared.reason
        end as left_reason,
        case
            when compared.is_same then compared.valid_from
            else '{{ var("period") }}'
        end as valid_from,
        null::text as valid_to,
        coalesce(compared.first_seen, '{{ var("period") }}') as first_seen,
        case
            when compared.is_here then '{{ var("period") }}'
            else compared.last_seen
        end as last_seen,
        coalesce(compared.months_seen, 0) + compared.is_here::integer
            as months_seen,
        case
            when
                compared.is_same
                and compared.programmes_then != compared.programmes_received
                then (
                    select
                        coalesce(
                            string_agg(
                                distinct both_lists.programme_code, ','
                                order by both_lists.programme_code
                            ),
                            ''
                        )
                    from unnest(
                            string_to_array(compared.programmes_then, ',')
                            || string_to_array(compared.programmes_received, ',')
                        ) as both_lists (programme_code)
                )
            else compared.programmes_received
        end as programmes_received,
        case
            when compared.is_same then compared.programmes_before
            when compared.was_here then compared.programmes_then
        end as programmes_before
    from compared
),

unioned as (
    select * from closed
    union all
    select * from opened
)

select
    {{ surrogate_key(['household_id', 'valid_from']) }} as row_id,
    {{ release_columns() }},
    household_id,
    left(village_code, 8) as kecamatan_code,
    village_code as desa_code,
    desil,
    deprivation_count,
    is_on_list,
    left_reason,
    valid_from,
    valid_to,
    valid_to is null as is_current,
    first_seen,
    last_seen,
    months_seen,
    programmes_received,
    programmes_before
from unioned
