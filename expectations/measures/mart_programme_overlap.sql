select coalesce(sum(breaches), 0) as breaches
from {table}
