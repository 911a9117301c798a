"""`python -m benchmarks.child module function`: do one piece of work in a process of its own."""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any

from benchmarks.segments import Clock


def main() -> None:
    """Read the arguments from standard input, work, write the times to standard output."""
    arguments: dict[str, Any] = json.load(sys.stdin)
    work = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])
    ready = time.time()
    clock = Clock()
    work(clock, **arguments)
    print(f"\n{json.dumps({'ready': ready, **clock.as_dict()})}")


if __name__ == "__main__":
    main()
