"""`python -m sample`: write invented deliveries into a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from sample.generate import Order, generate


def main(arguments: list[str] | None = None) -> None:
    """Read the options, write the files, say how many rows."""
    parser = argparse.ArgumentParser(prog="python -m sample", description=__doc__)
    parser.add_argument("--regency", default="64.02", help="code of a regency of the region seed, as 64.02")
    parser.add_argument("--period", default="2025-10", help="first month, as 2025-10")
    parser.add_argument("--months", type=int, default=1, help="how many months; with more than one each gets a folder")
    parser.add_argument("--households", type=int, default=1500, help="families living in the regency")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="folder to write <feed>/<file> into")
    parser.add_argument("--truth", type=Path, help="parquet file for what is true of each delivered row")
    chosen = parser.parse_args(arguments)
    order = Order(chosen.regency, chosen.period, chosen.households, chosen.seed, chosen.out, chosen.months)
    rows = generate(order)
    if chosen.truth:
        chosen.truth.parent.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(chosen.truth)
    for file, count in rows.group_by("file", maintain_order=True).len().iter_rows():
        print(f"{count:>9,}  {file}")


if __name__ == "__main__":
    main()
