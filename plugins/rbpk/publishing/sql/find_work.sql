-- What a shown release was made of stays for questions about a number; the rest holds names for nothing.
select release.work_schema
from audit.releases as release
left join audit.current_releases as pointer on release.release_id = pointer.release_id
where pointer.release_id is null
    and release.status in ('published', 'superseded', 'withdrawn')
    and to_regnamespace(quote_ident(release.work_schema)) is not null
order by release.work_schema
