-- The cascade: each pair gets the first rule that holds, and the score that rule has earned.
-- A pair that no rule explains is not an edge. Scores rank the rules; clusters are cut from the lowest up.
with
judged as (
    select
        *,
        birth_level in ('equal', 'by_nik') as is_birth_same,
        birth_level in ('swapped', 'default', 'other_year', 'close', 'missing') as is_birth_near,
        same_card or same_family as is_family,
        nik_level in ('missing', 'doubtful') as is_nik_silent,
        -- A wrong tick in the sex column happens; twins of both sexes have two names.
        sex_level <> 'differ' or name_score >= 0.95 as is_sex_fitting
    from comparisons
),
ruled as (
    select
        left_unit,
        right_unit,
        case
            -- The same number, and nothing says that it was borrowed.
            when nik_level = 'equal' and (name_score >= 0.8 or jaro_winkler >= 0.93) then 'nik_and_name'
            when nik_level = 'equal' and (name_score >= 0.6 or jaro_winkler >= 0.88) and not is_birth_contradicted
                then 'nik_and_name'
            when nik_level = 'equal' and birth_level = 'equal' then 'nik_and_birth_date'
            -- The sender itself says that two rows are one person.
            when same_source_person and (name_score >= 0.6 or birth_level = 'equal') then 'source_person'
            -- One digit or one transposition apart. Twins are registered one after the other: inside a family
            -- the name must be the same too.
            when nik_level = 'slip' and is_birth_same and name_score >= 0.97 then 'nik_slip_and_name'
            when nik_level = 'slip' and is_birth_same and not is_family and is_sex_fitting and name_score >= 0.8
                then 'nik_slip_and_similar_name'
            when nik_level = 'slip' and birth_level = 'missing' and name_score >= 0.95 then 'nik_slip_and_name'
            -- No usable number on one side: the family says who it is.
            when is_nik_silent and is_family and is_birth_same and is_sex_fitting and name_score >= 0.85
                then 'family_name_and_birth_date'
            when is_nik_silent and is_family and is_birth_near and is_sex_fitting and name_score >= 0.88
                then 'family_name_and_birth_year'
            when is_nik_silent and same_village and is_birth_same and is_sex_fitting and name_score >= 0.85
                then 'village_name_and_birth_date'
            when is_nik_silent and same_village and birth_level in ('swapped', 'default', 'other_year')
                and is_sex_fitting and mother_level <> 'differ' and name_score >= 0.97
                then 'village_name_and_near_birth_date'
            when is_nik_silent and birth_level = 'equal' and is_sex_fitting
                and mother_level <> 'differ' and name_score >= 0.97 and is_long_name
                then 'name_and_birth_date'
            -- Two valid numbers that differ: only strong other evidence, and never against the family's own list.
            when nik_level in ('differ', 'slip') and is_family and birth_level = 'equal' and is_sex_fitting
                and mother_level <> 'differ' and name_score >= 0.97
                then 'family_name_and_birth_date_other_nik'
            when nik_level = 'differ' and is_family and birth_level = 'equal' and is_sex_fitting
                and mother_level <> 'differ' and name_score >= 0.8 and not is_both_niks_attested
                then 'family_similar_name_other_nik'
            when nik_level = 'differ' and same_village and birth_level = 'equal' and is_sex_fitting
                and mother_level <> 'differ' and name_score >= 0.95 and not is_both_niks_attested
                then 'village_name_and_birth_date_other_nik'
        end as rule
    from judged
)
select
    ruled.left_unit,
    ruled.right_unit,
    ruled.rule,
    rule_scores.score
from ruled
inner join rule_scores using (rule)
order by ruled.left_unit, ruled.right_unit
