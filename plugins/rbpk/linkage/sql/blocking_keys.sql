-- One row for every (rule, key, unit): two units meet when they share a key of a rule.
-- Keys are hashed; should two ever collide, one more pair is compared. Sixteen digits as text do collide in DuckDB's
-- hash (one in ten thousand), as a number they do not. A hash of nothing is a number too: what may be missing is asked.
-- A birth date enters as written and as the NIK tells it, so one wrong date does not hide a pair.
with
numbered as (
    select
        *,
        coalesce(try_cast(nik as ubigint), hash(nik)) as nik_number,
        coalesce(try_cast(family_card as ubigint), hash(family_card)) as card_number
    from units
),
birth_dates as (
    select
        unit,
        strftime(birth_date, '%d%m%y') as ddmmyy
    from units
    where birth_date is not null
    union
    select
        unit,
        nik_date as ddmmyy
    from units
    where nik_date is not null
),
born as (
    select
        numbered.*,
        birth_dates.ddmmyy
    from numbered
    inner join birth_dates using (unit)
),
-- Namesakes of one village are as many as its people squared: where both dates are known, the year must agree, or the
-- day and the month. What knows no date meets all its namesakes.
undated as (
    select distinct
        village_code,
        name_key
    from numbered
    where birth_date is null and nik_date is null
)
select
    'nik'::blocking_rule as rule,
    hash('nik', nik_number) as key,
    unit
from numbered
where nik is not null
union all
select
    'source_person'::blocking_rule as rule,
    hash('source_person', source_person_id) as key,
    unit
from numbered
where source_person_id is not null
union all
select
    'card_and_birth_date'::blocking_rule as rule,
    hash('card_and_birth_date', card_number, ddmmyy) as key,
    unit
from born
where family_card is not null
union all
select
    'card_and_name_start'::blocking_rule as rule,
    hash('card_and_name_start', card_number, core_start) as key,
    unit
from numbered
where family_card is not null and core_start is not null
union all
select
    'family_and_birth_date'::blocking_rule as rule,
    hash('family_and_birth_date', source_family_id, ddmmyy) as key,
    unit
from born
where source_family_id is not null
union all
select
    'family_and_name_start'::blocking_rule as rule,
    hash('family_and_name_start', source_family_id, core_start) as key,
    unit
from numbered
where source_family_id is not null and core_start is not null
union all
select
    'name_and_birth_date'::blocking_rule as rule,
    hash('name_and_birth_date', core_key, ddmmyy) as key,
    unit
from born
where length(core_key) > 2
union all
select
    'village_and_birth_date'::blocking_rule as rule,
    hash('village_and_birth_date', village_code, ddmmyy) as key,
    unit
from born
where village_code is not null
union all
select
    'village_name_and_year'::blocking_rule as rule,
    hash('village_name_and_year', village_code, name_key, right(ddmmyy, 2)) as key,
    unit
from born
where village_code is not null and length(name_key) > 3
union all
select
    'village_name_and_day'::blocking_rule as rule,
    hash('village_name_and_day', village_code, name_key, left(ddmmyy, 4)) as key,
    unit
from born
where village_code is not null and length(name_key) > 3
union all
select
    'village_and_name'::blocking_rule as rule,
    hash('village_and_name', village_code, name_key) as key,
    unit
from numbered
where village_code is not null and length(name_key) > 3
    and (village_code, name_key) in (select (undated.village_code, undated.name_key) from undated)
union all
select
    'birth_date_sex_and_name_start'::blocking_rule as rule,
    hash('birth_date_sex_and_name_start', ddmmyy, sex, core_start) as key,
    unit
from born
where sex is not null and core_start is not null
union all
select
    'nik_start_and_name_start'::blocking_rule as rule,
    hash('nik_start_and_name_start', left(nik, 12), core_start) as key,
    unit
from numbered
where nik is not null and core_start is not null
