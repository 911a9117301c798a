-- A sum does not care about order; 128 bits of each row's digest make a collision no concern.
select
    count(*),
    coalesce(sum(('x' || substr(digest, 1, 16))::bit(64)::bigint), 0),
    coalesce(sum(('x' || substr(digest, 17, 16))::bit(64)::bigint), 0)
from (
    select encode(sha256(convert_to(row({columns})::text, 'UTF8')), 'hex') as digest
    from {mart}
    -- Both halves read one digest; without this the planner writes it into each of them.
    offset 0
) as hashed
