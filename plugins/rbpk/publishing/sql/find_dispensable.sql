with
existing as (
    select
        release.release_id,
        release.regency_code,
        release.release_schema,
        release.status,
        release.opened_at,
        release.published_at,
        release.superseded_at,
        shown.published_at as shown_since
    from audit.releases as release
    left join audit.current_releases as pointer on release.regency_code = pointer.regency_code
    left join audit.releases as shown on pointer.release_id = shown.release_id
    where to_regnamespace(quote_ident(release.release_schema)) is not null
        and release.release_id is distinct from pointer.release_id
),

-- Past months built later, and releases taken back, must not push out the one a rollback goes to.
ranked as (
    select
        existing.*,
        row_number() over (
            partition by existing.regency_code, existing.status
            order by coalesce(existing.superseded_at, existing.published_at) desc
        ) as recency
    from existing
)

select release_id, release_schema
from ranked
where (status in ('published', 'superseded', 'withdrawn') and published_at is not null and recency > %(keep)s - 1)
    or (status = 'withdrawn' and published_at is null)
    -- A blocked candidate is looked into until a later one is shown.
    or (status = 'blocked' and opened_at < shown_since)
order by release_id
