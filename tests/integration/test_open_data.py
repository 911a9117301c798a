"""Open data of a real release: small cells hidden, logged with its bytes, compared with what went out before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import ReleaseUnknown, SourceUnreachable
from rbpk.publishing import Doors, export_open, open_release, publish
from rbpk.publishing.open_file import read_open
from rbpk.publishing.open_tables import REGENCY as WHOLE
from rbpk.publishing.open_tables import TOTAL, cell
from tests.integration.publishing_kit import REGENCY, ask, deliver_all, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

# Families by desa: in P3KE alone and deprived of help, in DTKS alone and helped.
FIRST = {"64.02.01.2001": (3, 40), "64.02.01.2002": (20, 30), "64.02.02.2001": (25, 60), None: (6, 7)}
SECOND = {"64.02.01.2001": (12, 40), "64.02.01.2002": (22, 30), "64.02.02.2001": (25, 80), None: (6, 7)}


def shown(database: Database, period: str, families: dict[str | None, tuple[int, int]]) -> None:
    deliver_all(database.owner, period=period, content=period)
    opened = open_release(database.owner, REGENCY, period, "code-1", force=True)
    schema, facts = opened.release_schema, f"'{REGENCY}', '{period}', '{opened.release_id}'"
    households = [
        f"insert into {schema}.mart_households select {facts}, {repr(desa) if desa else 'null'}, {number == 0}, "
        f"{number == 1}, false, {number + 1}, {number == 0} from generate_series(1, {many})"
        for desa, counts in families.items()
        for number, many in enumerate(counts)
    ]
    run(
        database.owner,
        f"create table {schema}.mart_households (regency_code text, period text, release_id text, desa_code text, "
        "in_p3ke boolean, in_dtks boolean, in_pkh boolean, desil integer, is_exclusion_error boolean)",
        *households,
        f"create table {schema}.dim_regions (regency_code text, period text, release_id text, level text, "
        "region_code text, region_name text, kecamatan_code text)",
        *(
            f"insert into {schema}.dim_regions values ({facts}, '{level}', '{code}', 'Nama', '{code[:8]}')"
            for code in ("64.02.01", "64.02.02", *filter(None, families))
            for level in ("VILLAGE" if len(code) > 8 else "KECAMATAN",)
        ),
        f"update audit.releases set verdict = 'passed' where release_id = '{opened.release_id}'",
    )
    publish(database.publisher, opened.release_id, "tester")


def test_hands_out_two_months_that_tell_of_nobody(database: Database, tmp_path: Path) -> None:
    doors = Doors(database.bi_reader, database.owner)
    shown(database, "2026-10", FIRST)
    with pytest.raises(ReleaseUnknown, match="see 2026-10, not 2026-09"):
        export_open(doors, tmp_path, regency=REGENCY, period="2026-09")
    done = export_open(doors, tmp_path, regency=REGENCY, period="2026-10")
    content = done.path.read_bytes()
    first = read_open(content)
    small = cell("keanggotaan_daftar", "64.02.01.2001", "P3KE")
    assert first[cell("", WHOLE, TOTAL)] == 191
    assert small not in first
    assert not any(0 < count < 5 for count in first.values())
    assert b"keanggotaan_daftar,64.02,2026-10," in content
    assert b",64.02.01.2001,Nama,P3KE,,ya\n" in content
    logged = "select release_id, file_format, row_count, sha256 from audit.exports"
    assert ask(database.auditor, logged) == [
        (done.release_id, "open-csv", done.rows, hashlib.sha256(content).hexdigest())
    ]
    # Asked again, the same release hides the same cells.
    assert export_open(doors, tmp_path, regency=REGENCY).sha256 == done.sha256

    shown(database, "2026-11", SECOND)
    second = read_open(export_open(doors, tmp_path, regency=REGENCY).path.read_bytes())
    assert second
    assert not any(0 < abs(count - first[one]) < 5 for one, count in second.items() if one in first)

    shown(database, "2026-12", SECOND)
    done.path.write_bytes(content + b"\n")
    with pytest.raises(SourceUnreachable, match="is not the file that went out"):
        export_open(doors, tmp_path, regency=REGENCY)
    done.path.unlink()
    with pytest.raises(SourceUnreachable, match="put the file back"):
        export_open(doors, tmp_path, regency=REGENCY)
