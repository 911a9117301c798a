"""What was given to people beside the truth, for both months, if it is there: every rupiah of every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dbt.truth_kit import TRUTH, Month, expected

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Database

FILES = ("opd/*", "mitra/*PENYALURAN*", "apbdes/BLT_DD*", "pkh/BAYAR*")
LISTS = """
    select office_code, count(*)::integer, sum(amount_idr)::bigint
    from {}.int_interventions_unioned where feed = 'opd' group by office_code
"""
FUNDS = """
    select
        feed,
        count(*)::integer,
        sum(amount_idr)::bigint,
        coalesce(sum(amount_idr) filter (where is_delivered), 0)::bigint
    from {}.int_interventions_unioned where feed <> 'opd' group by feed
"""

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="no deliveries with truth beside the repository")


@pytest.mark.parametrize("period", ["2026-09", "2026-10"])
def test_every_rupiah_given_is_the_truth(
    dbt: Callable[..., str], database: Database, server_dsn: str, tmp_path: Path, period: str
) -> None:
    truth = expected()[period]
    month = Month(database, server_dsn, period)
    month.land(FILES, tmp_path)
    month.build(dbt, "int_interventions_unioned")

    assert {office: (rows, idr) for office, rows, idr in month.ask(LISTS)} == {
        office: (told["rows"], told["value"]) for office, told in truth["opd_deliveries"].items()
    }
    pkh, tjsp, village = truth["pkh_payment"], truth["tjsp"], truth["apbdes"]
    assert {feed: figures for feed, *figures in month.ask(FUNDS)} == {
        "pkh": [pkh["families"], pkh["delivered_total_all_rows"], pkh["delivered_total_paid"]],
        "blt_dd": [village["blt_families"], village["blt_total"], village["blt_total"]],
        # A pledge without proof is a pledge.
        "tjsp": [
            tjsp["delivered_rows"],
            tjsp["delivered_total"],
            tjsp["delivered_total"] - tjsp["delivered_without_evidence"],
        ],
        "baznas": [truth["baznas"]["rows"], truth["baznas"]["total"], truth["baznas"]["total"]],
    }
    unmapped = "select count(*) from {}.int_interventions_unioned where programme_code = 'UNMAPPED'"
    assert month.ask(unmapped) == [(0,)]
