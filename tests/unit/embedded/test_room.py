"""A month that starts without room says so before it starts, or where it stops; the disk is the real one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from embedded import room
from embedded.commands import main
from embedded.home import Home
from embedded.inbox import offered
from tests.little_room import files_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator

MORE_THAN_ANY_DISK = 1 << 60


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a place for the platform, where the server's own user may walk too."""
    with tempfile.TemporaryDirectory(prefix="rbpk-room-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "deliveries").mkdir()
        (Path(folder) / "deliveries" / "list.csv").write_text("a;b\n", "utf-8")
        monkeypatch.setenv("RBPK_HOME", f"{folder}/home")
        yield Path(folder)


def start(home: Path) -> int:
    return main(["run", "--deliveries", str(home / "deliveries"), "--regency", "64.02", "--period", "2026-10"])


def test_a_month_does_not_start_without_room(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(room, "LEAST", MORE_THAN_ANY_DISK)
    assert start(home) == 1
    told = capsys.readouterr().err
    assert f"free at {home / 'home'}" in told
    assert "Make room" in told
    # Not even a server was begun.
    assert not (home / "home" / "pg").exists()


@pytest.mark.parametrize("size", [1, 1 << 16], ids=["the first file", "the server's first large file"])
def test_a_disk_that_fills_up_at_the_start_is_named(home: Path, capsys: pytest.CaptureFixture[str], size: int) -> None:
    with files_up_to(size):
        assert start(home) == 1
    told = capsys.readouterr().err
    assert "No room left on the disk" in told or "The disk is full: make room" in told
    assert "Traceback" not in told


def test_a_month_that_will_not_fit_is_doubted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, place = offered(home / "deliveries"), Home(home)
    assert room.doubt(place, files) is None
    monkeypatch.setattr(room, "TIMES_DELIVERED", MORE_THAN_ANY_DISK)
    assert "a first month of these files takes about" in str(room.doubt(place, files))
