-- What dbt reads: the links of this run only, so that another month's run cannot show through.
create table if not exists {copy} (like {links});
truncate {copy}
