"""What marts.dim_partners must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("dim_partners", filled_columns=("partner_code",))
