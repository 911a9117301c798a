-- Links cover all records, and no link is about a record that is not there.
with
person_records as (
    select record_id from {{ ref('int_person_records_unioned') }}
),

-- Asked after the link was read, so that it runs after linkage.
person_records_linked as (
    select count(*) as records_linked
    from {{ ref('int_person_records_linked') }}
),

person_links as (
    select person_links.record_id
    from {{ source('linkage', 'person_links') }} as person_links
    cross join person_records_linked
    where person_records_linked.records_linked >= 0
)

select coalesce(person_records.record_id, person_links.record_id) as record_id
from person_records
full outer join person_links
    on person_records.record_id = person_links.record_id
where person_records.record_id is null or person_links.record_id is null
