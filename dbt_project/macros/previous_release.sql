{#- The last release of the latest earlier month that readers have seen, as a CTE. -#}
{% macro previous_release() -%}
    previous_releases as (
        select
            releases.release_id,
            releases.period
        from {{ source('audit', 'releases') }} as releases
        where releases.regency_code = '{{ var("regency") }}'
            and releases.period < '{{ var("period") }}'
            and releases.status in ('published', 'superseded')
        order by releases.period desc, releases.revision desc
        limit 1
    ),
{%- endmacro %}
