update {table} as listed
set {blanks}
where listed.household_id = any(%(homes)s)
    and ({matches})
