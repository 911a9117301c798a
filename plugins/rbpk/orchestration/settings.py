"""Where and for whom the platform runs: the RBPK_… variables, read here and nowhere else."""

from __future__ import annotations

import hmac
import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rbpk.errors import ConfigurationMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[3]
_REGENCY = re.compile(r"\d\d\.\d\d")


@dataclass(frozen=True)
class Settings:
    """One installation: its folders, its regencies, its calendar."""

    home: Path
    inbox_url: str
    store_url: str
    docs_dir: Path
    regencies: tuple[str, ...]
    # The day of installation: from a day long past, Airflow makes up for the last month at once; from a
    # day to come, it gives no tasks to the runs people start.
    schedule_from: date
    # Never in a repr: reprs end in logs.
    token_key: bytes = field(repr=False)
    # Keys of their own, by regency; the others' are derived from the installation's.
    token_keys: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    # Under which erased people are known again; never rotated, or they would come back.
    suppression_secret: bytes = field(repr=False, default=b"")
    # How long a candidate waits for a signature before it counts as refused; none is asked for at 0.
    sign_off_hours: int = 0
    dbt_project: Path = REPOSITORY / "dbt_project"

    @property
    def default_regency(self) -> str:
        return self.regencies[0]

    @property
    def manifests(self) -> Path:
        """Where every published release leaves its page, with the head of the audit's chain."""
        return self.home / "manifests"

    @property
    def manifest(self) -> Path:
        """The dbt manifest the DAGs are drawn from."""
        return self.home / "dbt" / "manifest.json"

    def token_key_of(self, regency: str) -> bytes:
        """Return the key of a regency's ids: its own, else one only the installation's secret leads to.

        Two regencies' tables cannot be joined by ids, and one regency's key tells nothing of another's. Without a
        secret there is no key, and the same deliveries give the same ids everywhere.
        """
        return self.token_keys.get(regency) or _derived(self.token_key, "ids", regency)

    def suppression_key_of(self, regency: str) -> bytes:
        """Return the key under which a regency's erased people are remembered; empty where there is no secret."""
        return _derived(self.suppression_secret, "suppression", regency)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment, with defaults for a local installation."""
    env = os.environ if environ is None else environ
    home = Path(env.get("RBPK_HOME") or REPOSITORY / ".rbpk").expanduser().resolve()
    regencies = _regencies(env.get("RBPK_REGENCIES") or "64.02")
    return Settings(
        home=home,
        inbox_url=env.get("RBPK_INBOX_URL") or (home / "inbox").as_uri(),
        store_url=env.get("RBPK_STORE_URL") or (home / "store").as_uri(),
        docs_dir=Path(env.get("RBPK_DOCS_DIR") or home / "docs"),
        regencies=regencies,
        schedule_from=_day(env.get("RBPK_SCHEDULE_FROM") or "2026-01-01"),
        token_keys={code: value.encode() for code in regencies if (value := env.get(_own_key(code)))},
        suppression_secret=(env.get("RBPK_SUPPRESSION_KEY") or env.get("RBPK_TOKEN_KEY") or "").encode(),
        token_key=(env.get("RBPK_TOKEN_KEY") or "").encode(),
        sign_off_hours=_hours(env.get("RBPK_SIGN_OFF_HOURS") or "0"),
    )


def _own_key(regency: str) -> str:
    return f"RBPK_TOKEN_KEY_{regency.replace('.', '')}"


def _derived(secret: bytes, purpose: str, regency: str) -> bytes:
    return hmac.digest(secret, f"rbpk/{purpose}/{regency}".encode(), "sha256") if secret else b""


def _regencies(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    wrong = [code for code in codes if not _REGENCY.fullmatch(code)]
    if wrong or not codes:
        message = f"RBPK_REGENCIES: expected codes such as 64.02 separated by commas, got {text!r}"
        raise ConfigurationMissing(message)
    return codes


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"RBPK_SCHEDULE_FROM: expected a day such as 2026-11-21, got {text!r}"
        raise ConfigurationMissing(message) from None


def _hours(text: str) -> int:
    if not text.isdigit():
        message = f"RBPK_SIGN_OFF_HOURS: expected a number of hours, 0 for no sign-off, got {text!r}"
        raise ConfigurationMissing(message)
    return int(text)
