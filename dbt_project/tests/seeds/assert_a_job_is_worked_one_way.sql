-- A person with one job is read without looking at its labels again: every label of a
-- job has to say the same of it.
select job_code
from {{ ref('jobs') }}
group by job_code
having
    count(distinct coalesce(is_working::text, '-')) > 1
    or count(distinct coalesce(is_self_employed::text, '-')) > 1
