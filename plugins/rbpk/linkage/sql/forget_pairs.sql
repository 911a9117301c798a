with
records as (
    select record_id
    from linkage.person_profiles
    where regency_code = %(regency)s and person_id = %(person)s
),

decided as (
    delete from linkage.decisions
    where regency_code = %(regency)s
        and (left_record_id in (select record_id from records) or right_record_id in (select record_id from records))
)

delete from linkage.review_pairs
where regency_code = %(regency)s
    and (left_record_id in (select record_id from records) or right_record_id in (select record_id from records))
