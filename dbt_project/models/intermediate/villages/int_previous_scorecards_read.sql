{#- A month's baseline is carried from release to release: retention may drop the
    release it was measured in. -#}
{%- set published = published_relation('mart_village_scorecard') -%}

with
{{ previous_release() }}

{% if published -%}
published_scorecards as (
    select * from {{ published }}
)

{% else -%}
published_scorecards as (
    select
        null::text as release_id,
        null::text as desa_code,
        null::integer as verified_extreme_poor_families,
        null::text as baseline_period,
        null::integer as baseline_verified_families
    where false
)

{% endif -%}
select
    published_scorecards.desa_code,
    published_scorecards.verified_extreme_poor_families
        as previous_verified_families,
    published_scorecards.baseline_period,
    published_scorecards.baseline_verified_families,
    previous_releases.period as previous_period
from published_scorecards
inner join previous_releases
    on published_scorecards.release_id = previous_releases.release_id
