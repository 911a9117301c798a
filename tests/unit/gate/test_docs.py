"""The report people open: static, small, safe, and not kept for ever."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from rbpk.gate import Verdict, docs
from tests.unit.gate.test_results import CRASHED, FAILED, GOOD

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_shows_what_failed_first_with_its_next_step(tmp_path: Path) -> None:
    failed = replace(FAILED, rule="GATE-09", next_step="tanya <pengirim>")
    page = docs.write(Verdict("r1", (GOOD, failed)), tmp_path, "releases").read_text("utf-8")
    assert page.index("GATE-09") < page.index("GATE-01")
    assert "tanya &lt;pengirim&gt;" in page
    assert "Ditahan · Blocked" in page


def test_tells_a_crash_from_a_failure_and_a_warning(tmp_path: Path) -> None:
    results = (CRASHED, FAILED, replace(FAILED, severity="warning"))
    page = docs.write(Verdict("r1", results), tmp_path, "releases").read_text("utf-8")
    for answer in ("could not run", "failed", "note"):
        assert f"· {answer}" in page


def test_needs_no_other_server(tmp_path: Path) -> None:
    docs.write(Verdict("r1", (GOOD,)), tmp_path, "releases")
    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "://" not in text
        assert "<script" not in text


def test_the_index_leads_to_every_page(tmp_path: Path) -> None:
    docs.write(Verdict("r1", (GOOD,)), tmp_path, "releases")
    docs.write(Verdict("d1", (GOOD,)), tmp_path, "deliveries")
    index = (tmp_path / "index.html").read_text("utf-8")
    assert 'href="releases/r1.html"' in index
    assert 'href="deliveries/d1.html"' in index


def test_keeps_the_newest_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "KEEP", 3)
    for number in range(5):
        page = docs.write(Verdict(f"r{number}", (GOOD,)), tmp_path, "releases")
        os.utime(page, (number, number))
    docs.write(Verdict("r5", (GOOD,)), tmp_path, "releases")
    assert sorted(page.stem for page in (tmp_path / "releases").iterdir()) == ["r3", "r4", "r5"]


def test_writes_the_same_page_twice(tmp_path: Path) -> None:
    first = docs.write(Verdict("r1", (GOOD,)), tmp_path, "releases").read_bytes()
    assert docs.write(Verdict("r1", (GOOD,)), tmp_path, "releases").read_bytes() == first
    assert not list(tmp_path.rglob("*.part"))
