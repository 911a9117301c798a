"""What a landed delivery of landing.p3ke__individuals must hold."""

from __future__ import annotations

from expectations.landed import landed_suite

SUITE = landed_suite("p3ke", "individuals")
