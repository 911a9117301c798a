"""The set-up: what pip is told about indexes, uv is told too; a wrong Python says so."""

from __future__ import annotations

import pytest

from embedded import bootstrap

SETTINGS = [
    "global.index-url='https://index.example/simple'",
    "global.extra-index-url='file:///a/simple file:///b/simple'",
    "global.find-links='/wheels /more'",
    ":env:.default-timeout='180'",
    "install.cert='/etc/ca.crt'",
]


def test_uv_learns_what_pip_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_pip_settings", lambda: SETTINGS)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert bootstrap._index_settings() == {
        "UV_DEFAULT_INDEX": "https://index.example/simple",
        "UV_INDEX": "file:///a/simple file:///b/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/etc/ca.crt",
    }


def test_what_uv_was_told_itself_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_pip_settings", lambda: SETTINGS[:1])
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")
    assert bootstrap._index_settings() == {}


def test_a_python_too_old_says_which_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match=r"Python 3\.11, 3\.12 or 3\.13 is needed"):
        bootstrap._find_python()


def test_a_full_disk_says_how_much_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = bootstrap.shutil.disk_usage("/")
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: usage._replace(free=10))
    monkeypatch.setattr(bootstrap, "_works", lambda _: False)
    with pytest.raises(SystemExit, match=r"needs 2\.5 GB"):
        bootstrap._check_disk()
