create table if not exists {copy} (like {links});
truncate {copy}
