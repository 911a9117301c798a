-- One row for every (rule, key, unit): two units meet when they share a key of a rule.
-- Keys are hashed; should two ever collide, one more pair is compared. Sixteen digits as text do collide in DuckDB's
-- hash (one in ten thousand), as a number they do not. A hash of nothing is a number too: what may be missing is asked.
-- A birth date enters as written and as the NIK tells it, so one wrong date does not hide a pair. Whoever shares a
-- village and a birthday or a name is many as a regency grows: there, dates and names must agree in part.
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
-- A name cut in any place, or with other words around it, keeps the beginning of one word; one slip leaves either a
-- word's beginning or the end of the name.
named as (
    select
        unit,
        village_code,
        ddmmyy,
        unnest(list_append(list_transform(core_words, lambda word: left(word, 3)), '.' || right(core_key, 3))) as part
    from born
    where village_code is not null
)
select
    'nik'::blocking_rule as rule,
    hash('nik', nik_number) as key,
    unit,
    false as is_settled
from numbered
where nik is not null
union all
select
    'source_person'::blocking_rule as rule,
    hash('source_person', source_person_id) as key,
    unit,
    false as is_settled
from numbered
where source_person_id is not null
union all
select
    'card_and_birth_date'::blocking_rule as rule,
    hash('card_and_birth_date', card_number, ddmmyy) as key,
    unit,
    false as is_settled
from born
where family_card is not null
union all
select
    'card_and_name_start'::blocking_rule as rule,
    hash('card_and_name_start', card_number, core_start) as key,
    unit,
    false as is_settled
from numbered
where family_card is not null and core_start is not null
union all
select
    'family_and_birth_date'::blocking_rule as rule,
    hash('family_and_birth_date', source_family_id, ddmmyy) as key,
    unit,
    false as is_settled
from born
where source_family_id is not null
union all
select
    'family_and_name_start'::blocking_rule as rule,
    hash('family_and_name_start', source_family_id, core_start) as key,
    unit,
    false as is_settled
from numbered
where source_family_id is not null and core_start is not null
union all
select
    'name_and_birth_date'::blocking_rule as rule,
    hash('name_and_birth_date', sorted_key, ddmmyy) as key,
    unit,
    false as is_settled
from born
where length(sorted_key) > 2
union all
select
    'village_birth_date_and_part_of_name'::blocking_rule as rule,
    hash('village_birth_date_and_part_of_name', village_code, ddmmyy, part) as key,
    unit,
    false as is_settled
from named
where length(part) > 2
union all
select
    'village_name_and_year'::blocking_rule as rule,
    hash('village_name_and_year', village_code, name_key, right(ddmmyy, 2)) as key,
    unit,
    false as is_settled
from born
where village_code is not null and length(name_key) > 3
union all
select
    'village_name_and_day'::blocking_rule as rule,
    hash('village_name_and_day', village_code, name_key, left(ddmmyy, 4)) as key,
    unit,
    false as is_settled
from born
where village_code is not null and length(name_key) > 3
union all
-- A slip in a NIK's first twelve digits: the birth date is known from elsewhere, the last four are right.
select
    'birth_date_serial_and_name_start'::blocking_rule as rule,
    hash('birth_date_serial_and_name_start', ddmmyy, right(nik, 4), core_start) as key,
    unit,
    false as is_settled
from born
where nik is not null and core_start is not null
union all
-- Two numbers that fit their rows are two people's, wherever they live; one that does not, or none, leaves it open.
select
    'birth_date_sex_and_name_start'::blocking_rule as rule,
    hash('birth_date_sex_and_name_start', ddmmyy, sex, core_start) as key,
    unit,
    coalesce(is_nik_own, false) as is_settled
from born
where sex is not null and core_start is not null
union all
select
    'nik_start_and_name_start'::blocking_rule as rule,
    hash('nik_start_and_name_start', left(nik, 12), core_start) as key,
    unit,
    false as is_settled
from numbered
where nik is not null and core_start is not null
