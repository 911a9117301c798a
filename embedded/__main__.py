"""Entry point: `python -m embedded <command>`."""

from __future__ import annotations

import sys

from embedded.commands import main

sys.exit(main(sys.argv[1:]))
