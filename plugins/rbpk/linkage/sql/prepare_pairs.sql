create temporary table new_review_pairs (
    regency_code text,
    period text,
    left_record_id text,
    right_record_id text,
    rule text,
    score numeric,
    agreement text
) on commit drop
