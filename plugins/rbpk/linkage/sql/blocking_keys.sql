-- One row for every (rule, key, unit): two units meet when they share a key of a rule.
-- A birth date enters as written and as the NIK tells it, so one wrong date does not hide a pair.
with
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
        units.*,
        birth_dates.ddmmyy
    from units
    inner join birth_dates using (unit)
)
select 'nik' as rule, nik as key, unit from units where nik is not null
union all
select 'source_person', source_person_id, unit from units where source_person_id is not null
union all
select 'card_and_birth_date', family_card || '|' || ddmmyy, unit from born where family_card is not null
union all
select 'card_and_name_start', family_card || '|' || core_start, unit from units where family_card is not null
union all
select 'family_and_birth_date', source_family_id || '|' || ddmmyy, unit from born where source_family_id is not null
union all
select 'family_and_name_start', source_family_id || '|' || core_start, unit from units
where source_family_id is not null
union all
select 'name_and_birth_date', core_key || '|' || ddmmyy, unit from born where length(core_key) > 2
union all
select 'village_and_birth_date', village_code || '|' || ddmmyy, unit from born where village_code is not null
union all
select 'village_and_name', village_code || '|' || name_key, unit from units
where village_code is not null and length(name_key) > 3
union all
select 'birth_date_sex_and_name_start', ddmmyy || '|' || sex || '|' || core_start, unit from born
where sex is not null
union all
select 'nik_start_and_name_start', left(nik, 12) || '|' || core_start, unit from units where nik is not null
