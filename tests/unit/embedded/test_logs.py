"""A failing process is explained by what it said last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from embedded import logs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("FATAL: could not write: No space left on device", "The disk is full"),
        ("could not bind IPv4 address: Address already in use", "port was taken"),
        ("mmap: Cannot allocate memory", "short of memory"),
    ],
)
def test_names_the_cause_it_knows(tmp_path: Path, said: str, cause: str) -> None:
    log = tmp_path / "x.log"
    log.write_text(f"start\n{said}\n")
    message = logs.explain("It did not start", log)
    assert cause in message
    assert said in message
    assert str(log) in message


def test_quotes_the_end_only(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("".join(f"line {number}\n" for number in range(1000)))
    assert logs.tail(log, 2) == "line 998\nline 999"


def test_sets_a_long_log_aside(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_bytes(b"x" * (logs.LARGEST + 1))
    logs.rotate(log)
    assert not log.exists()
    assert (tmp_path / "x.log.1").exists()
