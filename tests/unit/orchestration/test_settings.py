"""Settings come from RBPK_… variables, with defaults for one computer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import ConfigurationMissing
from rbpk.orchestration.settings import REPOSITORY, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_set_means_one_regency_below_the_repository() -> None:
    settings = load_settings({})
    assert settings.home == (REPOSITORY / ".rbpk").resolve()
    assert settings.regencies == ("64.02",)
    assert settings.inbox_url == (settings.home / "inbox").as_uri()
    assert settings.token_key == b""


def test_first_regency_is_the_default(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "RBPK_HOME": str(tmp_path),
            "RBPK_REGENCIES": "64.08, 64.02",
            "RBPK_INBOX_URL": "s3://bucket/inbox",
            "RBPK_SCHEDULE_FROM": "2026-11-21",
        }
    )
    assert settings.default_regency == "64.08"
    assert settings.inbox_url == "s3://bucket/inbox"
    assert settings.schedule_from == date(2026, 11, 21)
    assert settings.manifest == tmp_path / "dbt" / "manifest.json"


@pytest.mark.parametrize(
    "variables",
    [{"RBPK_REGENCIES": "6402"}, {"RBPK_REGENCIES": ","}, {"RBPK_SCHEDULE_FROM": "November"}],
    ids=lambda variables: next(iter(variables)),
)
def test_refuses_what_it_cannot_read(variables: dict[str, str]) -> None:
    with pytest.raises(ConfigurationMissing, match=next(iter(variables))):
        load_settings(variables)


def test_key_stays_out_of_logs() -> None:
    assert "pepper" not in repr(load_settings({"RBPK_TOKEN_KEY": "pepper"}))
