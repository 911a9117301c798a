with
former as (
    select release_id from audit.current_releases where regency_code = %(regency)s
),

moved as (
    insert into audit.current_releases (regency_code, release_id, changed_at, changed_by)
    values (%(regency)s, %(release_id)s, clock_timestamp(), %(changed_by)s)
    on conflict (regency_code) do update
    set
        release_id = excluded.release_id,
        changed_at = excluded.changed_at,
        changed_by = excluded.changed_by
    returning regency_code, release_id, changed_at, changed_by
)

insert into audit.pointer_moves (regency_code, from_release_id, to_release_id, reason, changed_at, changed_by)
select moved.regency_code, former.release_id, moved.release_id, %(reason)s, moved.changed_at, moved.changed_by
from moved
left join former on true
