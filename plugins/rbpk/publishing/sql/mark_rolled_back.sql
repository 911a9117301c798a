-- Going back withdraws what is left behind; going forward again only supersedes it.
with
moved as (
    select
        gone.release_id as gone_id,
        shown.release_id as shown_id,
        gone.published_at > shown.published_at as is_backward
    from audit.releases as gone
    cross join audit.releases as shown
    where gone.release_id = %(current)s and shown.release_id = %(target)s
)

update audit.releases as release
set
    status = case
        when release.release_id = moved.shown_id then 'published'
        when moved.is_backward then 'withdrawn'
        else 'superseded'
    end,
    superseded_at = case when release.release_id = moved.shown_id then null else clock_timestamp() end,
    superseded_by = case when release.release_id = moved.shown_id then null else moved.shown_id end
from moved
where release.release_id in (moved.gone_id, moved.shown_id)
