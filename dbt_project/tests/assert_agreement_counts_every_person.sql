-- Persons in the Venn cells = persons on any list.
with
agreement as (
    select sum(count) as persons
    from {{ ref('mart_feed_agreement') }}
    where grain = 'person'
),

listed as (
    select count(*) as persons
    from {{ ref('int_people_resolved') }}
    where in_p3ke or in_dtks or in_pkh
)

select
    agreement.persons as persons_in_cells,
    listed.persons as persons_listed
from agreement
cross join listed
where agreement.persons != listed.persons
