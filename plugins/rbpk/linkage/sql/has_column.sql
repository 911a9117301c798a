select 1
from information_schema.columns
where table_schema = %s and table_name = %s and column_name = %s
