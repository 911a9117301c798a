"""What a landed delivery of landing.pkh__participants must hold."""

from __future__ import annotations

from expectations.landed import landed_suite

# Final closings move little from stage to stage: 5 % instead of the usual 20 %.
SUITE = landed_suite("pkh", "participants", volume_pct=5)
