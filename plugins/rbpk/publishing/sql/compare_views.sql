select coalesce(
    pg_get_viewdef(to_regclass(%(view)s)::oid) = pg_get_viewdef(to_regclass(%(trial)s)::oid), false
)
