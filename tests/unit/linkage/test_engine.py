"""The private database leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
