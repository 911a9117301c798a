"""A month whose processes die: each step killed at a random moment, started again, and compared with one in peace.

`python -m tests.chaos --seeds 105` kills and says how often the month came out the same; `--seed 17` repeats one.
"""
