with
roles as (
    select *
    from {{ ref('field_roles') }} as listed
    where {{ is_in_force('listed') }}
),

households as (
    select * from {{ ref('int_households_assessed') }}
),

visited as (
    select * from {{ ref('int_household_visits_resolved') }}
),

decisions as (
    select * from {{ ref('int_household_decisions_unioned') }}
),

decision_codes as (
    select * from {{ ref('decision_codes') }}
),

regions as (
    select * from {{ ref('int_regions_prioritised') }}
),

-- A role looks after the families of its list (R40).
assigned as (
    select
        roles.officer_role,
        households.household_id,
        households.village_code,
        households.verified_on,
        households.is_verification_stale
    from roles
    inner join households
        on (roles.target_list = 'P3KE' and households.in_p3ke)
            or (roles.target_list = 'PKH' and households.in_pkh)
            or (roles.target_list = 'DTKS' and households.in_dtks)
),

decided as (
    select
        {{ field_role('decisions.officer_role') }} as officer_role,
        decisions.household_id,
        bool_or(decision_codes.outcome != 'POSTPONED') as is_decided,
        max(decisions.round_period) as round_period
    from decisions
    inner join decision_codes
        on decisions.decision_code = decision_codes.decision_code
    group by
        {{ field_role('decisions.officer_role') }},
        decisions.household_id
),

worked as (
    select
        coalesce(assigned.officer_role, visited.officer_role) as officer_role,
        coalesce(assigned.village_code, visited.village_code) as village_code,
        assigned.household_id is not null as is_assigned,
        visited.household_id is not null as is_visited,
        coalesce(decided.is_decided, false) as is_decided,
        decided.round_period,
        assigned.household_id is not null and assigned.verified_on is null
            as is_never_verified,
        assigned.household_id is not null
        and coalesce(assigned.is_verification_stale, false) as is_stale
    from assigned
    full outer join visited
        on assigned.officer_role = visited.officer_role
            and assigned.household_id = visited.household_id
    left join decided
        on visited.officer_role = decided.officer_role
            and visited.household_id = decided.household_id
),

counted as (
    select
        officer_role,
        village_code,
        count(*) filter (where is_assigned)::integer as assigned,
        count(*) filter (where is_visited)::integer as visited,
        count(*) filter (where is_visited and not is_assigned)::integer
            as visited_off_list,
        count(*) filter (where is_decided)::integer as decided,
        count(*) filter (where is_visited and not is_decided)::integer
            as undecided,
        count(*) filter (where is_never_verified)::integer as never_verified,
        count(*) filter (where is_stale)::integer as stale,
        -- Nobody has looked within the time allowed (R31, R32).
        count(*) filter (where is_never_verified or is_stale)::integer
            as overdue,
        max(round_period) as last_round
    from worked
    group by officer_role, village_code
),

-- Every village, every role: where nothing was done is an answer too (R37).
cells as (
    select
        regions.village_code,
        roles.officer_role
    from regions
    cross join roles
    union
    select
        village_code,
        officer_role
    from counted
)

select
    {{ surrogate_key(['cells.village_code', 'cells.officer_role']) }} as row_id,
    {{ release_columns() }},
    left(cells.village_code, 8) as kecamatan_code,
    cells.village_code as desa_code,
    cells.officer_role,
    coalesce(counted.assigned, 0) as assigned,
    coalesce(counted.visited, 0) as visited,
    coalesce(counted.visited_off_list, 0) as visited_off_list,
    coalesce(counted.decided, 0) as decided,
    coalesce(counted.undecided, 0) as undecided,
    coalesce(counted.never_verified, 0) as never_verified,
    coalesce(counted.stale, 0) as stale,
    coalesce(counted.overdue, 0) as overdue,
    counted.last_round
from cells
left join counted
    on coalesce(cells.village_code, '') = coalesce(counted.village_code, '')
        and cells.officer_role = counted.officer_role
