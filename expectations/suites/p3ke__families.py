"""What a landed delivery of landing.p3ke__families must hold."""

from __future__ import annotations

from expectations.landed import landed_suite

SUITE = landed_suite("p3ke", "families")
