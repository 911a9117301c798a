-- One row a candidate pair that a rule could join: how far its two sides agree, field by field.
with
sides as (
    select
        candidates.left_unit,
        candidates.right_unit,
        candidates.is_related,
        one.birth_date as born_l,
        two.birth_date as born_r,
        strftime(one.birth_date, '%d%m%y') as ddmmyy_l,
        strftime(two.birth_date, '%d%m%y') as ddmmyy_r,
        one.nik as nik_l,
        two.nik as nik_r,
        one.nik_date as nik_date_l,
        two.nik_date as nik_date_r,
        coalesce(one.is_nik_own, false) as own_l,
        coalesce(two.is_nik_own, false) as own_r,
        one.sex as sex_l,
        two.sex as sex_r,
        coalesce(one.family_card = two.family_card, false) as same_card,
        coalesce(one.source_family_id = two.source_family_id, false) as same_family,
        coalesce(one.source_person_id = two.source_person_id, false) as same_source_person,
        coalesce(one.village_code = two.village_code, false) as same_village,
        one.nik_feeds > 1 and two.nik_feeds > 1 as is_both_niks_attested
    from candidates
    inner join units as one on candidates.left_unit = one.unit
    inner join units as two on candidates.right_unit = two.unit
),
levelled as (
    select
        *,
        -- 16 digits each: counting places that differ is cheap and settles nearly every pair.
        case
            when nik_l is null or nik_r is null then null
            when nik_l = nik_r then 0
            when length(nik_l) = length(nik_r) and hamming(nik_l, nik_r) > 2 then 2
            else damerau_levenshtein(nik_l, nik_r)
        end as nik_distance
    from sides
),
dated as (
    select
        *,
        case
            when nik_distance is null then 'missing'
            when nik_distance = 0 then 'equal'
            when nik_distance = 1 then 'slip'
            when own_l and own_r then 'differ'
            else 'doubtful'
        end as nik_level,
        case
            -- The first of January stands for "unknown" unless a NIK says so too.
            when born_l = born_r and left(ddmmyy_l, 4) = '0101'
                and not coalesce(ddmmyy_l = nik_date_l, false) and not coalesce(ddmmyy_r = nik_date_r, false)
                then 'default'
            when born_l = born_r then 'equal'
            when ddmmyy_l = nik_date_r or ddmmyy_r = nik_date_l or (nik_date_l = nik_date_r and nik_distance > 0)
                then 'by_nik'
            when born_l is null or born_r is null then 'missing'
            when substr(ddmmyy_l, 1, 2) = substr(ddmmyy_r, 3, 2) and substr(ddmmyy_l, 3, 2) = substr(ddmmyy_r, 1, 2)
                and year(born_l) = year(born_r) then 'swapped'
            when year(born_l) = year(born_r) and (left(ddmmyy_l, 4) = '0101' or left(ddmmyy_r, 4) = '0101')
                then 'default'
            when left(ddmmyy_l, 4) = left(ddmmyy_r, 4) and abs(year(born_l) - year(born_r)) in (1, 2, 9, 10, 11)
                then 'other_year'
            when abs(year(born_l) - year(born_r)) <= 1 then 'close'
            else 'differ'
        end as birth_level
    from levelled
),
-- What no rule can join, whatever the names say, is not compared further; names are what costs. Rows of families
-- that share members (is_related) need less in common than others, see rules.sql and household_rules.sql.
possible as (
    select *
    from dated
    where
        nik_level = 'equal'
        or same_source_person
        or (nik_level = 'slip' and birth_level in ('equal', 'by_nik', 'missing'))
        or (
            nik_level = 'differ'
            and birth_level = 'equal'
            and (same_card or same_family or ((same_village or is_related) and not is_both_niks_attested))
        )
        or (
            nik_level in ('missing', 'doubtful')
            and case
                when same_card or same_family then birth_level <> 'differ'
                when same_village then birth_level not in ('differ', 'close', 'missing')
                else birth_level = 'equal'
            end
        )
        or (is_related and nik_level <> 'differ' and birth_level <> 'differ')
),
heard as (
    select
        possible.*,
        one.core_key as core_l,
        two.core_key as core_r,
        one.sorted_key as sorted_l,
        two.sorted_key as sorted_r,
        one.name_key as name_l,
        two.name_key as name_r,
        one.core_words as core_words_l,
        two.core_words as core_words_r,
        case when len(one.words) <= len(two.words) then one.words else two.words end as fewer,
        case when len(one.words) <= len(two.words) then two.words else one.words end as more,
        one.mother_key as mother_l,
        two.mother_key as mother_r
    from possible
    inner join units as one on possible.left_unit = one.unit
    inner join units as two on possible.right_unit = two.unit
),
measured as (
    select
        *,
        -- Most names are equal, and there is nothing to measure.
        case
            when core_l = core_r then 1.0
            else 1 - damerau_levenshtein(core_l, core_r) / greatest(length(core_l), length(core_r), 1)
        end as core_similarity,
        case
            when sorted_l = sorted_r then 1.0
            else 1 - damerau_levenshtein(sorted_l, sorted_r) / greatest(length(sorted_l), length(sorted_r), 1)
        end as sorted_similarity,
        case
            when name_l = name_r then 1.0
            when nik_level = 'equal' then jaro_winkler_similarity(name_l, name_r)
        end as jaro_winkler,
        -- A name cut short: the shorter is the beginning of the longer, slips allowed.
        case
            when core_l = core_r then 1.0
            when least(length(core_l), length(core_r)) >= 4
                then 1 - damerau_levenshtein(
                    left(core_l, least(length(core_l), length(core_r))),
                    left(core_r, least(length(core_l), length(core_r)))
                ) / least(length(core_l), length(core_r))
            else 0
        end as start_similarity
    from heard
),
named as (
    select
        *,
        -- Every word of the shorter name stands in the longer one, in full or as its initial.
        case
            when core_l <> core_r
                then list_bool_and(
                    list_transform(
                        fewer,
                        lambda word: list_contains(more, word)
                        or (
                            length(word) = 1
                            and list_contains(list_transform(more, lambda other: left(other, 1)), word)
                        )
                    )
                )
        end as is_part_of_name,
        -- … and at least one of them is not what everybody is called.
        case
            when core_l <> core_r
                then list_bool_or(
                    list_transform(core_words_l, lambda word: length(word) > 2 and list_contains(core_words_r, word))
                )
        end as is_core_shared
    from measured
)
select
    left_unit,
    right_unit,
    case
        when name_l = name_r then 1.0
        when core_l = core_r and length(core_l) > 2 then 0.97
        when sorted_l = sorted_r and length(core_l) > 2 then 0.95
        when is_part_of_name and is_core_shared then greatest(0.90, core_similarity, sorted_similarity)
        when is_part_of_name then greatest(0.80, core_similarity)
        else greatest(core_similarity, sorted_similarity, 0.95 * start_similarity)
    end as name_score,
    jaro_winkler,
    nik_level,
    birth_level,
    case
        when sex_l is null or sex_r is null then 'missing'
        when sex_l = sex_r then 'equal'
        else 'differ'
    end as sex_level,
    case
        when mother_l is null or mother_r is null then 'missing'
        when jaro_winkler_similarity(mother_l, mother_r) >= 0.88 then 'equal'
        else 'differ'
    end as mother_level,
    same_card,
    same_family,
    same_source_person,
    same_village,
    is_both_niks_attested,
    coalesce(born_l <> born_r, false) as is_birth_contradicted,
    least(len(core_words_l), len(core_words_r)) > 1 as is_long_name
from named
