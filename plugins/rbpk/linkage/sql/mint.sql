-- HMAC-SHA256 written out (RFC 2104), so that a million identifiers are one pass and not a million calls:
-- the first 80 bits in base32hex, lower case.
with
digests as (
    select
        entity,
        item,
        unhex(sha256(outer_pad || unhex(sha256(inner_pad || encode(message))))) as digest
    from mintable
    inner join pads using (delivery_id)
)
select
    entity,
    item,
    left(entity, 1)
    || lower(to_base(('0x' || left(hex(digest), 10))::bigint, 32, 8))
    || lower(to_base(('0x' || substr(hex(digest), 11, 10))::bigint, 32, 8)) as id
from digests
order by entity, item
