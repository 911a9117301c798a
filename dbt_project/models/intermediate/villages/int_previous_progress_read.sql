{%- set published = published_relation('mart_progress_to_zero') -%}

with
{{ previous_release() }}

{% if published -%}
published_progress as (
    select * from {{ published }}
)

{% else -%}
published_progress as (
    select
        null::text as release_id,
        null::text as level,
        null::text as kecamatan_code,
        null::text as desa_code,
        null::text as desil_source,
        null::integer as families_remaining_on_list,
        null::text as baseline_period,
        null::integer as baseline_families_remaining
    where false
)

{% endif -%}
select
    published_progress.level,
    published_progress.kecamatan_code,
    published_progress.desa_code,
    published_progress.desil_source,
    published_progress.families_remaining_on_list as previous_families_remaining,
    published_progress.baseline_period,
    published_progress.baseline_families_remaining,
    previous_releases.period as previous_period
from published_progress
inner join previous_releases
    on published_progress.release_id = previous_releases.release_id
