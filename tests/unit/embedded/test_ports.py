"""Ports: the usual one if free, another if not, the same one next time."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

from embedded import ports
from embedded.home import Home

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.bind((ports.LOOPBACK, 0))
    listener.listen()
    return listener


def test_takes_the_next_port_when_the_wanted_one_is_taken() -> None:
    with closing(_listener()) as listener:
        taken = listener.getsockname()[1]
        assert not ports.is_free(taken)
        assert ports.next_free(taken) != taken


def test_keeps_a_moved_port_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "home").prepare()
    with closing(_listener()) as listener:
        taken = listener.getsockname()[1]
        monkeypatch.setitem(ports.USUAL, "airflow", taken)
        moved = ports.choose(home, "airflow")
        assert f"Port {taken} is taken" in capsys.readouterr().err
    assert ports.choose(home, "airflow") == moved != taken
    assert capsys.readouterr().err == ""
    assert ports.kept(home) == {"airflow": moved}


def test_two_components_never_share_a_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home").prepare()
    monkeypatch.setitem(ports.USUAL, "postgres", 46001)
    monkeypatch.setitem(ports.USUAL, "airflow", 46001)
    assert ports.choose(home, "postgres") != ports.choose(home, "airflow")
