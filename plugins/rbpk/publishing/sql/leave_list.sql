-- Nobody is left at that door.
delete from {table} as listed
where listed.household_id = any(%(homes)s)
