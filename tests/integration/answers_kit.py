"""A delivered month built to its marts, and the answers of its tables beside those of the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from benchmarks import transformation
from rbpk import publishing
from rbpk.linkage import link

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

LISTS = {"P3KE": "in_p3ke", "DTKS": "in_dtks", "PKH": "in_pkh"}


def build(database: Database, regency: str, period: str, target: Path) -> str:
    """Build what is asked about from what has landed, as a run does; return the schema of its marts."""
    opened = publishing.open_release(database.owner, regency, period, "test", force=True)
    names = ("regency", "period", "release_id", "work_schema", "release_schema")
    variables = json.dumps({name: str(getattr(opened, name)) for name in names})

    def models(*wanted: str) -> None:
        # Data tests belong to `tests/dbt` and to every run; here only the answers count.
        command = (
            *(sys.executable, "-W", "ignore", "-m", "dbt.cli.main", "build", "--vars", variables),
            *("--project-dir", str(transformation.PROJECT), "--profiles-dir", str(transformation.PROJECT)),
            *("--target-path", str(target), "--log-path", str(target), "--select", *(f"+{name}" for name in wanted)),
            *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
        )
        door = {**os.environ, **transformation.environment(database.owner.dsn)}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=door)
        assert done.returncode == 0, done.stdout[-2000:]

    models("int_person_records_unioned")
    link(
        database.owner,
        regency=regency,
        period=period,
        release_id=opened.release_id,
        work_schema=opened.work_schema,
        token_key=b"test",
    )
    models("mart_feed_agreement", "mart_unlisted_families", "mart_households")
    return str(opened.release_schema)


def truth(deliveries: Path, period: str) -> dict[str, Any]:
    """Return what the truth says about a month."""
    answers: dict[str, Any] = json.loads((deliveries / "truth" / "expected.json").read_text("utf-8"))["periods"][period]
    return answers


def cells(expected: dict[str, int]) -> dict[str, int]:
    """Name the seven cells of the diagram as the truth counts them: pairs include the middle."""
    names = ("P3KE&DTKS", "P3KE&PKH", "DTKS&PKH", "P3KE&DTKS&PKH", "only_P3KE", "only_DTKS", "only_PKH", "any")
    return {name: expected[name] for name in names}


AGREEMENT = """
select
    sum(count) filter (where in_p3ke and in_dtks), sum(count) filter (where in_p3ke and in_pkh),
    sum(count) filter (where in_dtks and in_pkh), sum(count) filter (where in_p3ke and in_dtks and in_pkh),
    sum(count) filter (where in_p3ke and not in_dtks and not in_pkh),
    sum(count) filter (where in_dtks and not in_p3ke and not in_pkh),
    sum(count) filter (where in_pkh and not in_p3ke and not in_dtks), sum(count)
from {schema}.mart_feed_agreement where grain = '{grain}'
"""
# The lists' own exclusion and inclusion errors, by kecamatan, as far as DTSEN can tell who is poor.
FORGOTTEN = """
select kecamatan_code, sum(households) from {schema}.mart_unlisted_families where desil_dtsen <= 4 group by 1
"""
LISTED_ABOVE = """
select kecamatan_code, count(*) from {schema}.mart_households
where {listed} and desil_dtsen >= {desil} and kecamatan_code is not null group by 1
"""
POOREST = """
select kecamatan_code, count(*) from {schema}.mart_households
where desil = 1 and kecamatan_code is not null group by 1
"""
FAMILIES = """
select
    (select count(*) from {schema}.mart_households where in_p3ke or in_dtks or in_pkh or in_dtsen)
    + (select sum(households) from {schema}.mart_unlisted_families)
"""
