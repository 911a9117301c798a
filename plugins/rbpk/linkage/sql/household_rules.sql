-- Inside families known to be one, name and birth date need not be as exact.
select
    ruled.left_unit,
    ruled.right_unit,
    ruled.rule,
    rule_scores.score
from (
    select
        left_unit,
        right_unit,
        case
            when sex_level = 'differ' or mother_level = 'differ' then null
            when birth_level in ('equal', 'by_nik') and nik_level in ('missing', 'doubtful', 'slip')
                and name_score >= 0.8
                then 'household_name_and_birth_date'
            when birth_level = 'equal' and nik_level = 'differ' and not is_both_niks_attested and name_score >= 0.95
                then 'household_name_and_birth_date'
            when birth_level in ('swapped', 'default', 'other_year', 'missing')
                and nik_level in ('missing', 'doubtful', 'slip') and name_score >= 0.9
                then 'household_name_and_birth_year'
        end as rule
    from comparisons
) as ruled
inner join rule_scores using (rule)
order by ruled.left_unit, ruled.right_unit
