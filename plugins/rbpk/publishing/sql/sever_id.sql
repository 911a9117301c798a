-- An id nobody can make again takes the place of the person's own; what the row counts stays.
update {table} as cells
set {column} = %(stand_in)s {others}
where cells.{column} = %(id)s
