"""What a landed delivery of landing.dtks__individuals must hold."""

from __future__ import annotations

from expectations.landed import landed_suite

SUITE = landed_suite("dtks", "individuals")
