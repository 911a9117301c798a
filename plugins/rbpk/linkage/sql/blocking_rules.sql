create type blocking_rule as enum (
    'nik',
    'source_person',
    'card_and_birth_date',
    'card_and_name_start',
    'family_and_birth_date',
    'family_and_name_start',
    'name_and_birth_date',
    'village_birth_date_and_part_of_name',
    'village_name_and_year',
    'village_name_and_day',
    'birth_date_serial_and_name_start',
    'birth_date_sex_and_name_start',
    'nik_start_and_name_start'
)
