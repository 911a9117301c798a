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


def test_keys_stay_out_of_logs() -> None:
    keys = {"RBPK_TOKEN_KEY": "pepper", "RBPK_TOKEN_KEY_6402": "pepper too", "RBPK_SUPPRESSION_KEY": "pepper mill"}
    assert "pepper" not in repr(load_settings(keys))


def test_every_regency_has_a_key_of_its_own_that_stays_the_same() -> None:
    served = {"RBPK_REGENCIES": "64.02,64.08", "RBPK_TOKEN_KEY": "one"}
    first, again = load_settings(served), load_settings(served)
    keys = [first.token_key_of(code) for code in ("64.02", "64.08")] + [first.suppression_key_of("64.02")]
    assert len(set(keys)) == 3
    assert keys[0] == again.token_key_of("64.02")
    assert load_settings({**served, "RBPK_TOKEN_KEY": "two"}).token_key_of("64.02") != keys[0]
    own = load_settings({**served, "RBPK_TOKEN_KEY_6402": "its own"})
    assert (own.token_key_of("64.02"), own.token_key_of("64.08")) == (b"its own", keys[1])
    assert load_settings({}).token_key_of("64.02") == load_settings({}).suppression_key_of("64.02") == b""
