select count(*) filter (where mismatch_code <> 'YOUNG_WITH_AID_ONLY') as elderly_mismatched
from {table}
