"""What a landed delivery of landing.pkh__components must hold."""

from __future__ import annotations

from expectations.landed import landed_suite

# Final closings move little from stage to stage: 5 % instead of the usual 20 %.
SUITE = landed_suite("pkh", "components", volume_pct=5, one_row_a_person=False)
