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
    -- One by one by their key: nobody has counted yet what this run has written, and a plan without figures is slow.
    select
        asked.record_id,
        known.feed,
        known.nik,
        known.family_card,
        known.name,
        known.birth_date,
        known.sex,
        known.village_code,
        known.mother_name
    from asked
    cross join lateral (
        select *
        from linkage.person_profiles as profile
        where profile.regency_code = %(regency)s and profile.record_id = asked.record_id
        order by profile.snapshot desc
        limit 1
    ) as known
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
