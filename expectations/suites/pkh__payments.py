"""What a landed delivery of landing.pkh__payments must hold."""

from __future__ import annotations

from expectations.landed import landed_suite

# Final closings move little from stage to stage: 5 % instead of the usual 20 %.
SUITE = landed_suite("pkh", "payments", volume_pct=5, one_row_a_person=False)
