with
interventions as (
    select * from {{ ref('int_interventions_unioned') }}
),

earlier as (
    select * from {{ ref('int_earlier_interventions_read') }}
),

-- Each pair is looked up in one order, whatever order the policy writes it in.
rules as (
    select
        least(pairs.programme_a, pairs.programme_b) as programme_a,
        greatest(pairs.programme_a, pairs.programme_b) as programme_b,
        pairs.rule_code,
        pairs.only_target_category
    from {{ ref('programme_pairs') }} as pairs
    where {{ is_in_force('pairs') }}
),

received as (
    select
        household_id,
        programme_code,
        indicator_code,
        coalesce(partner_name, funder_type) as funder,
        target_category,
        true as is_this_month
    from interventions
    where is_delivered and household_id is not null
    union all
    select
        household_id,
        programme_code,
        indicator_code,
        funder,
        null::text,
        false
    from earlier
),

by_programme as (
    select
        household_id,
        programme_code,
        min(indicator_code) as indicator_code,
        min(funder) as first_funder,
        max(funder) as last_funder,
        array_agg(distinct target_category)
        filter (where target_category is not null) as target_categories,
        bool_or(is_this_month) as is_this_month
    from received
    group by household_id, programme_code
),

paired as (
    select
        firsts.household_id,
        firsts.programme_code as programme_a,
        seconds.programme_code as programme_b,
        firsts.is_this_month and seconds.is_this_month as is_same_month,
        firsts.indicator_code = seconds.indicator_code as is_same_indicator,
        least(firsts.first_funder, seconds.first_funder)
        != greatest(firsts.last_funder, seconds.last_funder)
            as is_of_several_funders,
        firsts.target_categories || seconds.target_categories
            as target_categories
    from by_programme as firsts
    inner join by_programme as seconds
        on firsts.household_id = seconds.household_id
            and (
                firsts.programme_code < seconds.programme_code
                -- One programme of two companies is help of two funders too.
                or firsts.programme_code = seconds.programme_code
                and firsts.first_funder != firsts.last_funder
            )
    where firsts.is_this_month or seconds.is_this_month
),

judged as (
    select
        paired.household_id,
        paired.programme_a,
        paired.programme_b,
        paired.is_same_month,
        coalesce(paired.is_same_indicator, false) as is_same_indicator,
        coalesce(rules.rule_code, 'NO_RULE') as rule_code,
        -- What two programmes exclude, a family gets in one month.
        paired.is_same_month
        and coalesce(
            rules.rule_code = 'NOT_ALLOWED'
            and (
                rules.only_target_category is null
                or rules.only_target_category = any(paired.target_categories)
            ),
            false
        ) as is_breach,
        -- Same family, same indicator, same year, two funders: not always
        -- wrong, always worth a look (DOUBLE_HELP).
        coalesce(paired.is_same_indicator and paired.is_of_several_funders, false)
        and coalesce(rules.rule_code != 'ALLOWED', true) as is_double_help
    from paired
    left join rules
        on paired.programme_a = rules.programme_a
            and paired.programme_b = rules.programme_b
)

select * from judged
