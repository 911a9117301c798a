"""The private database leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rbpk.errors import LinkageTooLarge
from rbpk.linkage.engine import open_engine

if TYPE_CHECKING:
    from pathlib import Path

SPILLING = "select count(*) from (select distinct hash(i) as one, hash(i + 1) as two from range(3_000_000) as r (i))"


def test_what_a_run_that_died_had_spilled_is_taken_away(tmp_path: Path) -> None:
    place = tmp_path / "linkage" / "spilled-64.02"
    (place / "dead").mkdir(parents=True)
    (place / "dead" / "duckdb_temp_storage.tmp").write_text("names", encoding="utf-8")
    with open_engine("60MB", spill=place) as engine:
        (own,) = place.iterdir()
        assert own.name != "dead"
        assert engine.connection.execute("select current_setting('temp_directory')").fetchone() == (str(own),)
        assert engine.connection.execute(SPILLING).fetchone() == (3_000_000,)
        assert any(own.iterdir())
    assert list(place.iterdir()) == []


def test_the_ceiling_on_memory_grows_with_what_is_compared() -> None:
    ask = "select current_setting('memory_limit')"
    with open_engine("100MB") as engine:
        few = engine.connection.execute(ask).fetchall()
        engine.make_room(1_000)
        assert engine.connection.execute(ask).fetchall() == few
        engine.make_room(1_000_000)
        assert engine.connection.execute(ask).fetchall() == [("572.2 MiB",)]


def test_what_does_not_fit_ends_with_a_code_and_no_value() -> None:
    with pytest.raises(LinkageTooLarge, match=r"\[linkage.memory\].*memory") as raised, open_engine("30MB") as engine:
        # A list is held whole: it cannot wait on the disk.
        engine.connection.execute("create table t as select list('SITI ' || i) as one from range(3_000_000) as r (i)")
    assert "SITI" not in str(raised.value)
