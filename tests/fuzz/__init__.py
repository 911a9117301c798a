"""A seeded corruption fuzzer of the readers: `python -m tests.fuzz --seed 1 --count 500`."""
