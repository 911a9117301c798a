with
names as (
    select * from {{ ref('macro_indicator_names') }} as listed
    where listed.valid_from <= {{ cut_off_date() }}
),

figures as (
    select
        figures.*,
        row_number() over (
            partition by figures.region_level, figures.indicator_code
            order by figures.is_newest desc, figures.as_of desc, figures.row_id asc
        ) as nth
    from {{ ref('mart_macro_indicators') }} as figures
    where figures.region_level in ('REGENCY', 'PROVINCE')
),

-- An earlier figure of the same day is another word on it, not a development.
earlier as (
    select distinct on (newest.indicator_code)
        newest.indicator_code,
        older.figure,
        older.as_of
    from figures as newest
    inner join figures as older
        on newest.indicator_code = older.indicator_code
            and older.region_level = 'REGENCY'
            and newest.as_of > older.as_of
    where newest.region_level = 'REGENCY'
        and newest.nth = 1
    order by newest.indicator_code asc, older.as_of desc, older.nth asc
),

macro as (
    select
        'MAKRO' as section,
        names.aspect,
        names.sort_order,
        names.indicator_code,
        names.name_id as indicator_name_id,
        names.name_en as indicator_name_en,
        names.unit_id as unit_label,
        names.is_lower_better,
        own.figure,
        null::numeric as share_pct,
        own.as_of,
        earlier.figure as previous_figure,
        earlier.as_of as previous_as_of,
        province.figure as province_figure,
        province.as_of as province_as_of,
        own.source
    from names
    left join figures as own
        on names.indicator_code = own.indicator_code
            and own.region_level = 'REGENCY'
            and own.nth = 1
    left join figures as province
        on names.indicator_code = province.indicator_code
            and province.region_level = 'PROVINCE'
            and province.nth = 1
    left join earlier
        on names.indicator_code = earlier.indicator_code
),

-- Families of desil 1 to 4 and what they lack: a count of lists beside the survey.
families as (
    select * from {{ ref('mart_households') }}
    where desil <= 4
),

totals as (
    select
        count(*) as families,
        count(*) filter (where is_deprived_education) as education,
        count(*) filter (where is_deprived_health) as health,
        count(*) filter (where is_deprived_housing) as housing,
        count(*) filter (where is_deprived_employment) as employment,
        count(*) filter (where is_deprived_economy) as economy
    from families
),

micro as (
    select
        'DAFTAR' as section,
        counted.aspect,
        counted.sort_order,
        counted.indicator_code,
        counted.name_id,
        counted.name_en,
        'keluarga',
        true,
        counted.families,
        {{ percentage('counted.families', 'totals.families') }},
        {{ cut_off_date() }},
        null::numeric,
        null::date,
        null::numeric,
        null::date,
        'Daftar keluarga rilis ini; bukan angka BPS'
    from totals
    cross join lateral (
        values
        (
            'KEMISKINAN', 101, 'LIST_DESIL_1_4', 'Keluarga desil 1-4 dalam daftar',
            'Families of desil 1-4 on the list', totals.families
        ),
        (
            'PENDIDIKAN', 121, 'LIST_EDUCATION', 'Keluarga kekurangan pendidikan',
            'Families deprived of education', totals.education
        ),
        (
            'KESEHATAN', 131, 'LIST_HEALTH', 'Keluarga kekurangan kesehatan',
            'Families deprived of health', totals.health
        ),
        (
            'INFRASTRUKTUR DASAR', 141, 'LIST_HOUSING',
            'Keluarga dengan rumah tidak layak huni',
            'Families in unfit housing', totals.housing
        ),
        (
            'KETENAGAKERJAAN', 151, 'LIST_EMPLOYMENT',
            'Keluarga tanpa anggota bekerja',
            'Families in which nobody works', totals.employment
        ),
        (
            'PANGAN', 161, 'LIST_ECONOMY', 'Keluarga kekurangan ekonomi',
            'Families deprived of economy', totals.economy
        )
    ) as counted (
        aspect, sort_order, indicator_code, name_id, name_en, families
    )
),

unioned as (
    select * from macro
    union all
    select * from micro
)

select
    {{ surrogate_key(['indicator_code']) }} as row_id,
    {{ release_columns() }},
    (row_number() over (order by sort_order, indicator_code))::integer
        as line_number,
    section,
    aspect,
    indicator_code,
    indicator_name_id,
    indicator_name_en,
    unit_label,
    figure,
    share_pct,
    as_of,
    previous_figure,
    previous_as_of,
    figure - previous_figure as change,
    case
        when figure is null or previous_figure is null then null
        when figure = previous_figure then 'TETAP'
        when is_lower_better is null then null
        when (figure < previous_figure) = is_lower_better then 'MEMBAIK'
        else 'MEMBURUK'
    end as development,
    province_figure,
    province_as_of,
    case
        when figure is null or province_figure is null then null
        -- Heads are no measure of who does better.
        when is_lower_better is null or unit_label = 'jiwa' then null
        when figure = province_figure then 'SETARA'
        when (figure < province_figure) = is_lower_better then 'LEBIH BAIK'
        else 'LEBIH BURUK'
    end as relative_position,
    source
from unioned
