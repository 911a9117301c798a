"""Files go into the inbox whole or not at all, and a content already there is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from embedded import inbox
from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deliveries = tmp_path / "deliveries"
    (deliveries / "p3ke").mkdir(parents=True)
    (deliveries / "p3ke" / "list final.csv").write_text("a,b\n")
    (deliveries / ".DS_Store").write_text("x")
    (deliveries / "~$list final.xlsx").write_text("x")
    return deliveries


def test_offers_files_by_their_path_below_the_folder(folder: Path) -> None:
    assert [file.name for file in inbox.offered(folder)] == ["p3ke/list final.csv"]


def test_delivers_once(folder: Path, tmp_path: Path) -> None:
    [file] = inbox.offered(folder)
    month = tmp_path / "inbox" / "64.02" / "2026-10"
    assert inbox.deliver(file, month)
    assert not inbox.deliver(file, month)
    assert [path.name for path in month.rglob("*") if path.is_file()] == ["list final.csv"]
    assert inbox.digest(month / file.name) == file.sha256


def test_delivers_a_corrected_file_under_the_same_name(folder: Path, tmp_path: Path) -> None:
    inbox.deliver(inbox.offered(folder)[0], tmp_path)
    (folder / "p3ke" / "list final.csv").write_text("a,b,c\n")
    assert inbox.deliver(inbox.offered(folder)[0], tmp_path)
    assert (tmp_path / "p3ke" / "list final.csv").read_text() == "a,b,c\n"


@pytest.mark.parametrize(("name", "words"), [("nowhere", "not a folder"), ("empty", "no file to deliver")])
def test_says_what_is_wrong_with_a_folder(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmbeddedError, match=words):
        inbox.offered(tmp_path / name)
