create temporary table new_id_changes (
    regency_code text,
    period text,
    kind text,
    entity text,
    old_id text,
    new_id text
) on commit drop
