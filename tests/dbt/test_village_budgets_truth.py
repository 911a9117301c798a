"""The poverty lines of village budgets beside the truth, for both months, if it is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from psycopg2 import sql
from upath import UPath

from rbpk.landing import land, load_regions, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Database

DELIVERIES = Path(__file__).parents[3] / "shared" / "deliveries"
TRUTH = DELIVERIES / "truth" / "expected.json"
SHARES = """
    select village_code, round(sum(budget_idr) filter (where is_poverty) / sum(budget_idr), 4)
    from {}.int_village_budget_lines_tagged group by village_code
"""
TOTAL = "select sum(budget_idr) from {}.int_village_budget_lines_tagged"
RELEASE = """
    insert into audit.releases (release_id, regency_code, period, revision, status, work_schema, release_schema,
        inputs_hash, code_version)
    values (%(release_id)s, %(regency)s, %(period)s, 1, 'candidate', %(work_schema)s, %(release_schema)s, '', '')
"""

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="no deliveries with truth beside the repository")


def test_the_poverty_share_of_every_village_is_the_truth(
    dbt: Callable[..., str], database: Database, server_dsn: str, tmp_path: Path
) -> None:
    truth = json.loads(TRUTH.read_text("utf-8"))["periods"]
    owner, server = urlsplit(database.owner.dsn), urlsplit(server_dsn)
    door = {
        "DBT_HOST": server.hostname or "",
        "DBT_PORT": str(server.port),
        "DBT_USER": owner.username or "",
        "DBT_PASSWORD": owner.password or "",
        "DBT_DBNAME": owner.path.lstrip("/"),
    }
    for period, expected in truth.items():
        (file,) = DELIVERIES.glob(f"64.02/{period}/apbdes/APBDES_*.csv")
        store, path = UPath(tmp_path), str(file.relative_to(DELIVERIES))
        (delivery,) = receive(database.owner, store, UPath(DELIVERIES), path).deliveries
        land(database.owner, store, delivery.delivery_id, load_regions())
        name = f"6402-{period.replace('-', '')}-r1"
        run = {"regency": "64.02", "period": period, "release_id": name}
        run |= {f"{kind}_schema": f"{kind}_{name.replace('-', '_')}" for kind in ("work", "release")}
        with database.owner.connect() as connection, connection.cursor() as cursor:
            cursor.execute(RELEASE, run)
            cursor.execute("insert into audit.release_deliveries values (%s, %s)", (name, delivery.delivery_id))
        dbt(
            *("build", "--select", "+int_village_budget_lines_tagged", "--indirect-selection", "cautious"),
            *("--exclude-resource-type", "unit_test", "--vars", json.dumps(run)),
            **door,
        )
        with database.owner.connect() as connection, connection.cursor() as cursor:
            schema = sql.Identifier(run["work_schema"])
            cursor.execute(sql.SQL(SHARES).format(schema))
            shares = {village: float(share) for village, share in cursor.fetchall()}
            cursor.execute(sql.SQL(TOTAL).format(schema))
            assert cursor.fetchone() == (expected["apbdes"]["total"],)
        assert shares == expected["apbdes"]["poverty_share"]
