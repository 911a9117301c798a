"""Kill, start again, compare; each seed is printed as the command that repeats it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.chaos.branches import BRANCHES
from tests.chaos.disturbance import AIMED, Plan, play
from tests.chaos.stage import played_once
from tests.places import quick


def main() -> None:
    """Play every seed and say how it went; fail if one month came out different."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seeds", type=int, default=105, help="how many, from --first on")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, help="this one only")
    parser.add_argument("--households", type=int, default=120)
    chosen = parser.parse_args()
    seeds = [chosen.seed] if chosen.seed is not None else range(chosen.first, chosen.first + chosen.seeds)
    told: Counter[str] = Counter()
    met: dict[str, list[int]] = {one.name: [] for one in BRANCHES}
    with (
        tempfile.TemporaryDirectory(prefix="rbpk-chaos-", dir=quick(), ignore_cleanup_errors=True) as folder,
        played_once(Path(folder), chosen.households) as stage,
    ):
        print(f"In peace: {', '.join(f'{step} {seconds:.1f} s' for step, seconds in stage.seconds.items())}")
        for seed in seeds:
            plan = Plan.of(seed)
            played = play(stage, plan)
            outcome = "same" if played.same else "DIFFERENT"
            for branch in played.branches:
                met[branch].append(seed)
            told.update([outcome, "hit" if played.hit else "missed", f"{plan.kind} at {plan.step}"])
            when = plan.trap or f"{plan.moment:.0%}"
            ended = "; ".join((f"{played.tries} tries, {outcome}", *played.branches))
            print(
                f"python -m tests.chaos --households {chosen.households} --seed {seed}  # {plan.kind} at {plan.step} "
                f"{when}: {'hit' if played.hit else 'missed'}, {ended}",
                *played.differences,
                sep="\n    ",
                flush=True,
            )
    print(f"{told['same']} of {len(seeds)} came out the same; {told['hit']} were hit at work")
    print("Recoveries, and the seeds that met them:")
    for branch, by in met.items():
        print(f"  {branch}: {', '.join(map(str, by)) or 'never'}")
    missed = [branch for branch, by in met.items() if not by] if len(seeds) >= AIMED * len(BRANCHES) else []
    if missed:
        print(f"Recoveries that no seed met: {', '.join(missed)}")
    sys.exit(int(told["DIFFERENT"] > 0 or bool(missed)))


if __name__ == "__main__":
    main()
