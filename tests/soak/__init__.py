"""Readers at work while releases are published, taken back and cleared away: `python -m tests.soak`."""
