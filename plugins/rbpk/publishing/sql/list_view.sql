select {columns}
from ({branches}) as released
-- Once a statement, before any row: who read the list.
where (select audit.note_read({list}, current_user::text))
