"""`python -m tests.fuzz --seed 1 --count 500`, or one case again: `--only file:37`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.fuzz.cases import spoil_cell, spoil_file

KINDS = {"file": spoil_file, "cell": spoil_cell}


def run(seed: int, kind: str, number: int) -> tuple[str, str, bool]:
    """Run one case: (what, outcome, whether it kept its promises)."""
    try:
        return *KINDS[kind](seed, number), True
    except AssertionError as broken:
        return "", str(broken), False
    except Exception as error:  # noqa: BLE001  (whatever gets out is the finding)
        return "", f"{type(error).__name__} got out", False


def say(line: str) -> None:
    """Print a line at once: a long run is watched."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run the cases and print the figures; every broken promise is printed as the command that repeats it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200, help="cases of each kind")
    parser.add_argument("--only", help="one case, such as file:37")
    asked = parser.parse_args()
    kind, _, number = (asked.only or "").partition(":")
    cases = [(kind, int(number))] if asked.only else [(k, n) for k in KINDS for n in range(asked.count)]
    started, outcomes, broken = time.monotonic(), Counter[str](), 0
    for one_kind, one in cases:
        what, outcome, kept = run(asked.seed, one_kind, one)
        outcomes[f"{one_kind}: {outcome}" if kept else f"{one_kind}: BROKEN"] += 1
        if asked.only:
            say(f"{what} {outcome}")
        if not kept:
            broken += 1
            say(f"python -m tests.fuzz --seed {asked.seed} --only {one_kind}:{one}   # {outcome}")
    for outcome, count in sorted(outcomes.items()):
        say(f"{count:>7}  {outcome}")
    say(f"{len(cases)} cases in {time.monotonic() - started:.0f} s, {broken} broken promises")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
