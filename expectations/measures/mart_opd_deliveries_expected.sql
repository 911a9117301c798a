select count(*) filter (where finding_code = 'LIST_MISSING') as lists_missing
from {table}
