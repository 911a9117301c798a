-- The new release takes the place of the shown one, and of what its own month had before.
update audit.releases as former
set
    status = case when former.status = 'candidate' then 'withdrawn' else 'superseded' end,
    superseded_at = case when former.status = 'candidate' then null else clock_timestamp() end,
    superseded_by = %(release_id)s
where former.regency_code = %(regency)s
    and former.release_id <> %(release_id)s
    and (
        (
            former.status = 'published'
            and case
                when former.release_id = (
                    select pointer.release_id
                    from audit.current_releases as pointer
                    where pointer.regency_code = %(regency)s
                ) then %(make_current)s
                else former.period = %(period)s
            end
        )
        or (
            former.status = 'candidate'
            and former.period = %(period)s
            and former.revision < (
                select release.revision from audit.releases as release where release.release_id = %(release_id)s
            )
        )
    )
