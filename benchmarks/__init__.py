"""Times the month step by step, beside what office staff do today and beside what the machine allows."""
