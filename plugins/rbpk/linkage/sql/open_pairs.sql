-- What a person needs to decide: both rows as last known, and how their fields compare.
with
asked as (
    select left_record_id as record_id
    from linkage.review_pairs
    where regency_code = %(regency)s and status = 'pending'
    union
    select right_record_id as record_id
    from linkage.review_pairs
    where regency_code = %(regency)s and status = 'pending'
),
profiles as (
    select distinct on (record_id)
        record_id,
        feed,
        nik,
        family_card,
        name,
        birth_date,
        sex,
        village_code,
        mother_name
    from linkage.person_profiles
    where regency_code = %(regency)s and record_id in (select asked.record_id from asked)
    order by record_id, snapshot desc
)
select
    coalesce(one.village_code, two.village_code),
    pairs.left_record_id,
    pairs.right_record_id,
    pairs.rule,
    pairs.agreement,
    one.feed,
    one.name,
    one.nik,
    one.family_card,
    one.birth_date::text,
    one.sex,
    one.mother_name,
    two.feed,
    two.name,
    two.nik,
    two.family_card,
    two.birth_date::text,
    two.sex,
    two.mother_name
from linkage.review_pairs as pairs
inner join profiles as one on pairs.left_record_id = one.record_id
inner join profiles as two on pairs.right_record_id = two.record_id
where pairs.regency_code = %(regency)s and pairs.status = 'pending'
-- First who may have been joined wrongly (two numbers, little else), then who may be one, the likeliest first; last
-- who has two numbers although name, birth date and family agree: a matter for Dukcapil more than a doubt.
order by
    1,
    case
        when pairs.rule = 'two_niks' and coalesce(pairs.score, 0) < 0.88 then 1
        when pairs.rule <> 'two_niks' then 2
        else 3
    end,
    case when pairs.rule = 'two_niks' then coalesce(pairs.score, 0) else -pairs.score end,
    pairs.left_record_id,
    pairs.right_record_id
