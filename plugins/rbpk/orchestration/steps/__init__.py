"""The tasks' bodies: open a connection, call one step, leave an outcome row, return counts."""
