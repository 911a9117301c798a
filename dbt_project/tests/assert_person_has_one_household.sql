select
    person_id,
    count(distinct household_id) as households
from {{ ref('int_person_records_linked') }}
group by person_id
having count(distinct household_id) > 1
