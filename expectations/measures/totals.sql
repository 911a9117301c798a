-- The same families and the same rupiah, counted by one table and by another.
with
households as (
    select
        count(*) as families,
        count(kecamatan_code) as families_placed,
        count(*) filter (where is_exclusion_error and kecamatan_code is not null) as exclusion_errors
    from {release}.mart_households
),

coverage as (
    select
        programme_code,
        sum(households) as families,
        sum(eligible) as eligible,
        sum(served) as served,
        sum(exclusion_errors) as exclusion_errors,
        sum(inclusion_errors) as inclusion_errors
    from {release}.mart_coverage
    group by programme_code
),

summary as (
    select
        programme_code,
        level,
        sum(families) as families,
        sum(eligible) as eligible,
        sum(served) as served,
        sum(exclusion_errors) as exclusion_errors,
        sum(inclusion_errors) as inclusion_errors
    from {release}.mart_coverage_summary
    group by programme_code, level
),

families_off (name, difference) as (
    select 'kecamatan', abs(households.families_placed - coalesce(shown.families, 0))
        + abs(households.exclusion_errors - coalesce(shown.exclusion_errors, 0))
    from households
    cross join (
        select sum(families_on_any_list) as families, sum(exclusion_errors) as exclusion_errors
        from {release}.mart_kecamatan_priorities
    ) as shown
    union all
    select 'progress', abs(households.families_placed - coalesce(shown.families, 0))
    from households
    cross join (
        select sum(families_on_any_list) as families
        from {release}.mart_progress_to_zero
        where level = 'KECAMATAN'
    ) as shown
    union all
    select 'villages', coalesce(sum(abs(shown.families_on_any_list - coalesce(counted.families, 0))), 0)
    from {release}.mart_village_scorecard as shown
    left join (
        select desa_code, count(*) as families
        from {release}.mart_households
        group by desa_code
    ) as counted on shown.desa_code = counted.desa_code
    union all
    select 'coverage', count(*)
    from coverage
    inner join summary on coverage.programme_code = summary.programme_code
    where (
        summary.families, summary.eligible, summary.served, summary.exclusion_errors, summary.inclusion_errors
    ) is distinct from (
        coverage.families, coverage.eligible, coverage.served, coverage.exclusion_errors, coverage.inclusion_errors
    )
),

given as (
    select
        coalesce(sum(amount_idr), 0) as all_idr,
        count(*) as deliveries,
        coalesce(sum(amount_idr) filter (where opd_code is not null), 0) as offices_idr
    from {release}.fct_interventions
    where is_delivered
),

lines as (
    select
        coalesce(sum(ceiling_idr) filter (where is_current_phase), 0) as current_idr,
        coalesce(sum(ceiling_idr) filter (where is_current_phase and indicator_code is not null), 0) as tagged_idr
    from {release}.fct_budget_lines
    where budget_year = left({period}, 4)::integer
),

shown_idr (name, shown, known) as (
    select 'mix', (select coalesce(sum(delivered_idr), 0) from {release}.mart_funding_mix), all_idr from given
    union all
    select 'mix deliveries', (select coalesce(sum(deliveries), 0) from {release}.mart_funding_mix), deliveries from given
    union all
    select 'offices', (select coalesce(sum(delivered_idr), 0) from {release}.mart_opd_indicator_matrix), offices_idr
    from given
    union all
    select 'budget', (select coalesce(sum(current_idr), 0) from {release}.mart_opd_indicator_matrix), current_idr
    from lines
    union all
    select 'inpres', (select coalesce(sum(current_ceiling_idr), 0) from {release}.mart_inpres_quarterly), tagged_idr
    from lines
    union all
    select 'oppkpke', (select coalesce(sum(current_ceiling_idr), 0) from {release}.mart_oppkpke_semester), tagged_idr
    from lines
),

landed_idr (name, landed, shown) as (
    select
        'paid', coalesce(sum(delivered_idr), 0),
        (select coalesce(sum(amount_idr), 0) from {release}.fct_interventions where feed = 'pkh' and entity = 'payments')
    from {release}.mart_pkh_payments
    union all
    select
        landed.feed, landed.amount_idr,
        (select coalesce(sum(amount_idr), 0) from {release}.fct_interventions where feed = landed.feed and entity = landed.entity)
    from (
        select 'pkh' as feed, 'payments' as entity, coalesce(sum(amount_idr), 0) as amount_idr from {work}.stg_pkh__payments
        union all
        select 'baznas', 'distributions', coalesce(sum(amount_idr), 0) from {work}.stg_baznas__distributions
        union all
        select 'blt_dd', 'recipients', coalesce(sum(amount_idr), 0) from {work}.stg_blt_dd__recipients
        union all
        select 'tjsp', 'deliveries', coalesce(sum(amount_idr), 0) from {work}.stg_tjsp__deliveries
        union all
        select 'tni', 'housing_units', coalesce(sum(amount_idr), 0) from {work}.stg_tni__housing_units
    ) as landed
)

select
    (select count(*) from families_off where difference > 0) as families_disagree,
    (select count(*) from shown_idr where shown <> known) as rupiah_disagree,
    (select count(*) from landed_idr where landed <> shown) as rupiah_lost
